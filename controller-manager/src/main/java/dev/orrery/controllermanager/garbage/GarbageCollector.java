package dev.orrery.controllermanager.garbage;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.MetadataInformer;
import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what no owner needs any more, and lets go of what waits for its dependents. Keys are the
 * uids of objects of whatever kind.
 */
public final class GarbageCollector implements Reconciler {

    private static final int WORKERS = 8;

    /** An owner of a kind that is not known yet: its objects may be about to be. */
    private static final Duration UNKNOWN_KIND = Duration.ofSeconds(30);

    private final MetadataInformer metadata;
    private final KnownKinds kinds = new KnownKinds();
    private final OwnerStates owners;
    private final GarbageWriter writer;

    private GarbageCollector(Surroundings surroundings) {
        this.metadata = surroundings.informers().metadata();
        this.owners = new OwnerStates(metadata, surroundings.store(), kinds);
        this.writer = new GarbageWriter(surroundings.store());
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        GarbageCollector collector = new GarbageCollector(surroundings);
        ReconcileLoop loop = new ReconcileLoop("garbage", collector, surroundings, WORKERS);
        collector.metadata.addHandler(
                (before, after, change) -> collector.changed(before, after, change, loop));
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        ObjectMetadata object = metadata.byUid(key.name());
        if (object == null) {
            return Result.DONE;
        }
        Optional<Map<String, OwnerState>> states =
                object.deleting() ? Optional.of(Map.of()) : owners.of(object);
        if (states.isEmpty()) {
            return Result.again(UNKNOWN_KIND);
        }
        apply(object, GarbagePlan.of(object, states.get(), metadata.ownedBy(object.uid())));
        return Result.DONE;
    }

    private void apply(ObjectMetadata object, GarbagePlan plan) {
        switch (plan) {
            case GarbagePlan.Keep() -> {}
            case GarbagePlan.KeepWith(var solid) -> writer.setOwners(object, solid);
            case GarbagePlan.Release(String finalizer) -> writer.dropFinalizer(object, finalizer);
            case GarbagePlan.Orphan(var dependents) ->
                    dependents.forEach(dependent -> orphan(dependent, object));
            case GarbagePlan.Delete(String propagation, boolean unblocks) -> {
                if (unblocks && blocksAnOwner(object)) {
                    // Deleted by the next run, which knows the version that this write makes.
                    writer.unblockOwners(object);
                } else {
                    writer.delete(object, propagation);
                }
            }
        }
    }

    private void orphan(ObjectMetadata dependent, ObjectMetadata owner) {
        writer.setOwners(
                dependent,
                dependent.owners().stream()
                        .filter(reference -> !reference.getUid().equals(owner.uid()))
                        .toList());
    }

    private static boolean blocksAnOwner(ObjectMetadata object) {
        return object.owners().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getBlockOwnerDeletion()));
    }

    private void changed(
            @Nullable ObjectMetadata before,
            @Nullable ObjectMetadata after,
            Change change,
            ReconcileLoop loop) {
        if (after != null) {
            kinds.learn(after);
            if (needsAttention(after)) {
                loop.enqueue(key(after.uid()), change);
            }
        }
        if (after != null && Finalizers.waitsForDependents(after)) {
            enqueueDependents(after, change, loop);
        }
        if (before != null && (after == null || !before.uid().equals(after.uid()))) {
            enqueueDependents(before, change, loop);
        }
        if (before != null && (after == null || !before.owners().equals(after.owners()))) {
            enqueueWaitingOwners(before, change, loop);
        }
    }

    private boolean needsAttention(ObjectMetadata object) {
        if (object.deleting()) {
            return Finalizers.orphansDependents(object) || Finalizers.waitsForDependents(object);
        }
        return owners.mayBeUnneeded(object);
    }

    private void enqueueDependents(ObjectMetadata owner, Change change, ReconcileLoop loop) {
        for (ObjectMetadata dependent : metadata.ownedBy(owner.uid())) {
            loop.enqueue(key(dependent.uid()), change);
        }
    }

    /** The object held up its owners, or could have, and perhaps does no more. */
    private void enqueueWaitingOwners(ObjectMetadata object, Change change, ReconcileLoop loop) {
        for (OwnerReference reference : object.owners()) {
            ObjectMetadata owner = metadata.byUid(reference.getUid());
            if (owner != null && needsAttention(owner)) {
                loop.enqueue(key(owner.uid()), change);
            }
        }
    }

    private static Key key(String uid) {
        return new Key("", uid);
    }
}
