package dev.orrery.machinery.informer;

import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The informer of one kind. {@link LogInformers} changes it, on one thread at a time: first the
 * objects, then, when the new version can be read, the handlers are told.
 */
final class KindInformer<T extends HasMetadata> implements Informer<T> {

    private static final Logger LOGGER = System.getLogger(KindInformer.class.getName());

    private final Index<T> byOwner = new Index<>("owner", KindInformer::owners);
    private final Class<T> kind;
    private final GroupResource resource;
    private final List<ChangeHandler<T>> handlers = new CopyOnWriteArrayList<>();

    /** Versions that the model cannot read: their keys are held, but nobody sees an object. */
    private final Map<ObjectName, Long> unreadable = new HashMap<>();

    private volatile Objects<T> objects = Objects.none(List.of(byOwner));
    private volatile boolean started;

    KindInformer(Class<T> kind) {
        this.kind = kind;
        this.resource = new GroupResource(HasMetadata.getGroup(kind), HasMetadata.getPlural(kind));
    }

    GroupResource resource() {
        return resource;
    }

    @Override
    public @Nullable T get(String namespace, String name) {
        return objects.get(new ObjectName(namespace, name));
    }

    @Override
    public Collection<T> list() {
        return objects.all();
    }

    @Override
    public Collection<T> list(String namespace) {
        return objects.in(namespace);
    }

    @Override
    public Collection<T> byIndex(Index<T> index, String value) {
        return objects.group(index, value);
    }

    @Override
    public Collection<T> ownedBy(String uid) {
        return objects.group(byOwner, uid);
    }

    @Override
    public synchronized void addIndex(Index<T> index) {
        requireNotStarted();
        List<Index<T>> indexes = new ArrayList<>(objects.indexes());
        if (!indexes.contains(index)) {
            indexes.add(index);
        }
        objects = Objects.none(indexes);
    }

    @Override
    public synchronized void addHandler(ChangeHandler<T> handler) {
        requireNotStarted();
        handlers.add(handler);
    }

    synchronized void begin() {
        started = true;
    }

    /** The version that the key holds here; 0 for none. */
    long held(ObjectName name) {
        T object = objects.get(name);
        return object == null
                ? unreadable.getOrDefault(name, 0L)
                : Long.parseLong(object.getMetadata().getResourceVersion());
    }

    Set<ObjectName> names() {
        Set<ObjectName> names = new TreeSet<>(objects.byKey().keySet());
        names.addAll(unreadable.keySet());
        return names;
    }

    /** Makes a version readable; null deletes. The handlers hear of it when the result is told. */
    Changed<T> put(ObjectName name, byte @Nullable [] value, Change change) {
        T before = objects.get(name);
        unreadable.remove(name);
        T after = value == null ? null : parse(name, value, change.resourceVersion());
        objects = objects.with(name, after);
        return new Changed<>(handlers, before, after, change);
    }

    private @Nullable T parse(ObjectName name, byte[] value, long resourceVersion) {
        try {
            T object = Json.read(value, kind);
            object.getMetadata().setResourceVersion(Long.toString(resourceVersion));
            return object;
        } catch (UncheckedIOException e) {
            LOGGER.log(
                    Level.ERROR,
                    () -> "object unreadable " + resource + "=" + name + " " + e.getMessage());
            unreadable.put(name, resourceVersion);
            return null;
        }
    }

    private void requireNotStarted() {
        if (started) {
            throw new IllegalStateException("the informers have started: " + resource);
        }
    }

    private static Collection<String> owners(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .distinct()
                .toList();
    }
}
