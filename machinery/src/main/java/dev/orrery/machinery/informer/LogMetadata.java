package dev.orrery.machinery.informer;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.log.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The metadata of every object; changed by {@link Kinds} as a {@link KindInformer} is. */
final class LogMetadata implements MetadataInformer {

    private final List<ChangeHandler<ObjectMetadata>> handlers = new CopyOnWriteArrayList<>();
    private volatile Metadata metadata = Metadata.NONE;
    private volatile boolean started;

    @Override
    public @Nullable ObjectMetadata get(ObjectKey key) {
        return metadata.byKey().get(key);
    }

    @Override
    public @Nullable ObjectMetadata byUid(String uid) {
        return metadata.byUid().get(uid);
    }

    @Override
    public Collection<ObjectMetadata> ownedBy(String uid) {
        return metadata.ownedBy(uid);
    }

    @Override
    public Collection<ObjectMetadata> list(String namespace) {
        return metadata.in(namespace);
    }

    @Override
    public synchronized void addHandler(ChangeHandler<ObjectMetadata> handler) {
        if (started) {
            throw new IllegalStateException("the informers have started: metadata");
        }
        handlers.add(handler);
    }

    synchronized void begin() {
        started = true;
    }

    long held(ObjectKey key) {
        ObjectMetadata object = get(key);
        return object == null ? 0 : object.resourceVersion();
    }

    Set<ObjectKey> keys() {
        return metadata.byKey().keySet();
    }

    /** Makes a version readable; null deletes. The handlers hear of it when the result is told. */
    Changed<ObjectMetadata> put(ObjectKey key, byte @Nullable [] value, Change change) {
        ObjectMetadata before = get(key);
        ObjectMetadata after =
                value == null ? null : MetadataReader.read(key, value, change.resourceVersion());
        if (after != null) {
            metadata = metadata.with(after);
        } else if (before != null) {
            metadata = metadata.without(before);
        }
        return new Changed<>(handlers, before, after, change);
    }
}
