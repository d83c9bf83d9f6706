package dev.orrery.apiserver.establish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.aggregation.Verdict;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.establish.ApiServices.GroupVersion;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.pipeline.Change;
import dev.orrery.apiserver.pipeline.Change.Next;
import dev.orrery.apiserver.pipeline.Draft;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes an APIService for every group and version that is served, and takes it away again. */
final class Registrar {

    static final GroupResource RESOURCE =
            new GroupResource("apiregistration.k8s.io", "apiservices");

    private final World world;
    private final Pipeline pipeline;

    Registrar(World world, Pipeline pipeline) {
        this.world = world;
        this.pipeline = pipeline;
    }

    /** Of all that are served. */
    Set<String> names() {
        return ApiServices.served(world.kinds()).keySet();
    }

    /** Of a group's versions that are served, or were. */
    Set<String> names(String group) {
        Set<String> names = new TreeSet<>();
        for (String version : world.kinds().versions(group)) {
            names.add(version + "." + group);
        }
        for (Stored stored : world.stores().registry().current().list(RESOURCE)) {
            if (stored.key().name().endsWith("." + group)) {
                names.add(stored.key().name());
            }
        }
        return names;
    }

    CompletionStage<Boolean> bringUpToDate(String name) {
        return write(name, this::next);
    }

    /** Of an APIService that another server stands behind. */
    CompletionStage<Boolean> tell(String name, Verdict verdict) {
        return write(
                name,
                (key, kind, state) -> {
                    Stored current = state.get(key);
                    if (current == null) {
                        throw Refusals.notFound(kind.resource(), key.name());
                    }
                    return changed(
                            current,
                            object ->
                                    ApiServices.setAvailable(
                                            object, verdict, world.clock().instant()));
                });
    }

    private interface Decision {
        Next on(ObjectKey key, Kind kind, ClusterState state);
    }

    private CompletionStage<Boolean> write(String name, Decision decision) {
        Kind kind = world.kinds().at(RESOURCE.group(), "v1", RESOURCE.resource());
        if (kind == null) {
            throw new IllegalStateException("APIServices are not served");
        }
        ObjectKey key = new ObjectKey(RESOURCE, "", name);
        Change change = (_, state) -> decision.on(key, kind, state);
        return pipeline.write(Own.update(kind, name), change)
                .handle((_, failure) -> Own.unlessGone(failure));
    }

    private Next next(ObjectKey key, Kind kind, ClusterState state) {
        Kinds kinds = world.kinds();
        GroupVersion served = ApiServices.served(kinds).get(key.name());
        Stored current = state.get(key);
        if (current == null) {
            return create(key, kind, kinds, served);
        }
        ObjectNode old = Trees.read(current.value());
        boolean managed = old.path("metadata").path("labels").has(ApiServices.MANAGED);
        if (managed && served == null) {
            return new Next.Remove(key, current.resourceVersion(), Draft.store(world, old));
        }
        return changed(current, object -> ApiServices.judge(object, world.clock().instant()));
    }

    private Next changed(Stored current, Consumer<ObjectNode> edit) {
        ObjectNode old = Trees.read(current.value());
        ObjectNode object = old.deepCopy();
        edit.accept(object);
        return Same.same(old, object)
                ? new Next.Keep(current)
                : new Next.Put(
                        current.key(), current.resourceVersion(), Draft.store(world, object));
    }

    private Next create(ObjectKey key, Kind kind, Kinds kinds, @Nullable GroupVersion served) {
        if (served == null) {
            throw Refusals.notFound(kind.resource(), key.name());
        }
        ObjectNode object = ApiServices.of(served, kinds, world.clock().instant());
        object.withObjectProperty("metadata")
                .put("uid", world.identities().uid())
                .put("creationTimestamp", Times.text(world.clock().instant()));
        return new Next.Put(key, 0, Draft.store(world, object));
    }
}
