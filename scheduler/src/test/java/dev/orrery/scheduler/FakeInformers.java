package dev.orrery.scheduler;

import dev.orrery.machinery.informer.ChangeHandler;
import dev.orrery.machinery.informer.ChangeHandler.Change;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Informers that tell at once what a test puts into them. */
public final class FakeInformers implements Informers {

    private final Map<Class<?>, MapInformer<?>> kinds = new HashMap<>();
    private long version;

    @Override
    @SuppressWarnings("unchecked") // an informer is kept under the class that it was made for
    public <T extends HasMetadata> MapInformer<T> of(Class<T> kind) {
        return (MapInformer<T>) kinds.computeIfAbsent(kind, any -> new MapInformer<T>());
    }

    @Override
    public long applied() {
        return version;
    }

    @Override
    public void whenApplied(long resourceVersion, Runnable task) {
        task.run();
    }

    @SuppressWarnings("unchecked") // an object goes to the informer of its class
    public <T extends HasMetadata> void put(T object) {
        object.getMetadata().setResourceVersion(Long.toString(++version));
        ((MapInformer<T>) of(object.getClass())).set(Key.of(object), object, version);
    }

    @SuppressWarnings("unchecked") // as above
    public <T extends HasMetadata> void delete(T object) {
        ((MapInformer<T>) of(object.getClass())).set(Key.of(object), null, ++version);
    }

    /** The objects of one kind. */
    public static final class MapInformer<T extends HasMetadata> implements Informer<T> {

        private final Map<Key, T> objects = new TreeMap<>();
        private final List<ChangeHandler<T>> handlers = new ArrayList<>();

        void set(Key key, @Nullable T after, long version) {
            T before = after == null ? objects.remove(key) : objects.put(key, after);
            handlers.forEach(each -> each.changed(before, after, new Change(version, "")));
        }

        @Override
        public @Nullable T get(String namespace, String name) {
            return objects.get(new Key(namespace, name));
        }

        @Override
        public Collection<T> list() {
            return objects.values();
        }

        @Override
        public Collection<T> list(String namespace) {
            return objects.values().stream()
                    .filter(each -> namespace.equals(each.getMetadata().getNamespace()))
                    .toList();
        }

        @Override
        public Collection<T> byIndex(Index<T> index, String value) {
            return objects.values().stream()
                    .filter(each -> index.values().apply(each).contains(value))
                    .toList();
        }

        @Override
        public Collection<T> ownedBy(String uid) {
            return objects.values().stream()
                    .filter(each ->
                            each.getMetadata().getOwnerReferences().stream()
                                    .anyMatch(owner -> uid.equals(owner.getUid())))
                    .toList();
        }

        @Override
        public void addIndex(Index<T> index) {}

        @Override
        public void addHandler(ChangeHandler<T> handler) {
            handlers.add(handler);
        }
    }
}
