package dev.orrery.controllermanager.namespace;

import dev.orrery.controllermanager.namespace.NamespacePlan.ResourceContent;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.MetadataInformer;
import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Empties namespaces that are being deleted, and then lets them go. */
public final class NamespaceController implements Reconciler {

    private static final int WORKERS = 4;

    /** What is on its way out wakes the key when it is gone; this is for what never says so. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private static final byte[] IN_THE_BACKGROUND =
            Json.write(
                    Map.of(
                            "kind",
                            "DeleteOptions",
                            "apiVersion",
                            "v1",
                            "propagationPolicy",
                            "Background"));

    /** Events lie in a log of their own, which the informers do not read. */
    private static final ResourceContent EVENTS =
            new ResourceContent(new GroupResource("", "events"), "v1");

    private final Informer<Namespace> namespaces;
    private final MetadataInformer metadata;
    private final StoreClient store;
    private final InstantSource clock;

    private NamespaceController(Surroundings surroundings) {
        this.namespaces = surroundings.informers().of(Namespace.class);
        this.metadata = surroundings.informers().metadata();
        this.store = surroundings.store();
        this.clock = surroundings.clock();
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        NamespaceController controller = new NamespaceController(surroundings);
        ReconcileLoop loop = new ReconcileLoop("namespace", controller, surroundings, WORKERS);
        loop.watch(controller.namespaces);
        controller.metadata.addHandler(
                (before, after, change) -> controller.contentChanged(before, after, change, loop));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Namespace namespace = namespaces.get("", key.name());
        if (namespace == null) {
            return Result.DONE;
        }
        Collection<ObjectMetadata> content = metadata.list(key.name());
        return switch (NamespacePlan.of(namespace, content)) {
            case NamespacePlan.Keep() -> Result.DONE;
            case NamespacePlan.LetGo() -> letGo(namespace);
            case NamespacePlan.Empty(List<ResourceContent> resources) ->
                    empty(namespace, content, resources);
        };
    }

    /** What remains is told when nothing is left to ask for: before, it would be out of date. */
    private Result empty(
            Namespace namespace,
            Collection<ObjectMetadata> content,
            List<ResourceContent> resources) {
        List<ApiException> failures = new ArrayList<>();
        for (ResourceContent resource : resources) {
            try {
                deleteAll(namespace, resource);
            } catch (ApiException e) {
                failures.add(e);
            }
        }
        if (resources.isEmpty() || !failures.isEmpty()) {
            writeStatus(
                    namespace,
                    NamespacePlan.inTurn(content),
                    failures.stream().map(ApiException::getMessage).toList());
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return Result.again(LOOK_AGAIN);
    }

    private void deleteAll(Namespace namespace, ResourceContent content) {
        Path path =
                new Path(
                        content.resource().group(),
                        content.version(),
                        content.resource().resource(),
                        namespace.getMetadata().getName(),
                        "");
        store.send(
                Verb.DELETE_COLLECTION, path, "", IN_THE_BACKGROUND, "application/json", Map.of());
    }

    private Namespace writeStatus(
            Namespace namespace, Collection<ObjectMetadata> content, List<String> failures) {
        List<NamespaceCondition> before =
                namespace.getStatus() == null ? null : namespace.getStatus().getConditions();
        List<NamespaceCondition> after =
                NamespaceConditions.of(before, content, failures, clock.instant());
        if (after.equals(before)) {
            return namespace;
        }
        return store.updateStatus(
                new NamespaceBuilder(namespace)
                        .editOrNewStatus()
                        .withPhase("Terminating")
                        .withConditions(after)
                        .endStatus()
                        .build());
    }

    private Result letGo(Namespace namespace) {
        deleteAll(namespace, EVENTS);
        boolean stays = namespace.getSpec().getFinalizers().size() > 1;
        Namespace shown = stays ? writeStatus(namespace, List.of(), List.of()) : namespace;
        Namespace free =
                new NamespaceBuilder(shown)
                        .editSpec()
                        .removeFromFinalizers(NamespacePlan.FINALIZER)
                        .endSpec()
                        .build();
        store.send(
                Verb.UPDATE,
                Path.of(free),
                "finalize",
                Json.write(free),
                "application/json",
                Map.of());
        return Result.DONE;
    }

    private void contentChanged(
            @Nullable ObjectMetadata before,
            @Nullable ObjectMetadata after,
            Change change,
            ReconcileLoop loop) {
        ObjectMetadata object = after != null ? after : before;
        if (object == null || object.key().namespace().isEmpty()) {
            return;
        }
        Namespace namespace = namespaces.get("", object.key().namespace());
        if (namespace != null && namespace.getMetadata().getDeletionTimestamp() != null) {
            loop.enqueue(Key.of(namespace), change);
        }
    }
}
