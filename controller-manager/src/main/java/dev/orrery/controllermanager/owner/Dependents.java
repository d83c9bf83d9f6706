package dev.orrery.controllermanager.owner;

import dev.orrery.controllermanager.label.Selector;
import dev.orrery.machinery.informer.ChangeHandler;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maps a change of a dependent (a Pod) to the owners of one kind (ReplicaSets) that it concerns:
 * the controller that it has or had, or, where it has none, every owner that could adopt it.
 */
public final class Dependents<D extends HasMetadata, O extends HasMetadata>
        implements ChangeHandler<D> {

    private final Class<O> kind;
    private final Informer<O> owners;
    private final Function<O, Selector> selector;
    private final BiConsumer<Key, Change> enqueue;

    public Dependents(
            Class<O> kind,
            Informer<O> owners,
            Function<O, Selector> selector,
            BiConsumer<Key, Change> enqueue) {
        this.kind = kind;
        this.owners = owners;
        this.selector = selector;
        this.enqueue = enqueue;
    }

    @Override
    public void changed(@Nullable D before, @Nullable D after, Change change) {
        OwnerReference had = before == null ? null : Owners.controllerOf(before);
        OwnerReference has = after == null ? null : Owners.controllerOf(after);
        if (before != null && had != null && !Objects.equals(had, has)) {
            enqueueOwner(before, had, change);
        }
        if (after != null && has != null) {
            enqueueOwner(after, has, change);
        } else if (after != null && couldBeAdoptedNow(before, had, after)) {
            enqueueAdopters(after, change);
        }
    }

    private boolean couldBeAdoptedNow(@Nullable D before, @Nullable OwnerReference had, D after) {
        return before == null
                || had != null
                || !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels());
    }

    private void enqueueOwner(D dependent, OwnerReference owner, Change change) {
        if (owner.getKind().equals(HasMetadata.getKind(kind))
                && groupOf(owner.getApiVersion()).equals(HasMetadata.getGroup(kind))) {
            enqueue.accept(
                    new Key(dependent.getMetadata().getNamespace(), owner.getName()), change);
        }
    }

    private void enqueueAdopters(D orphan, Change change) {
        for (O owner : owners.list(orphan.getMetadata().getNamespace())) {
            if (selector.apply(owner).matches(orphan)) {
                enqueue.accept(Key.of(owner), change);
            }
        }
    }

    private static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
