package dev.orrery.kubelet.mount;

import dev.orrery.machinery.informer.ChangeHandler;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects of one kind that a test puts there. */
final class Known<T extends HasMetadata> implements Informer<T> {

    private final Map<String, T> objects = new TreeMap<>();
    private long version;

    void put(T object) {
        object.getMetadata().setResourceVersion(Long.toString(++version));
        if (object.getMetadata().getUid() == null) {
            object.getMetadata().setUid("uid-" + object.getMetadata().getName() + version);
        }
        objects.put(key(object.getMetadata().getNamespace(), object), object);
    }

    private static String key(@Nullable String namespace, HasMetadata object) {
        return Objects.requireNonNullElse(namespace, "") + "/" + object.getMetadata().getName();
    }

    void remove(String namespace, String name) {
        objects.remove(namespace + "/" + name);
    }

    @Override
    public @Nullable T get(String namespace, String name) {
        return objects.get(namespace + "/" + name);
    }

    @Override
    public Collection<T> list() {
        return List.copyOf(objects.values());
    }

    @Override
    public Collection<T> list(String namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collection<T> byIndex(Index<T> index, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collection<T> ownedBy(String uid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addIndex(Index<T> index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addHandler(ChangeHandler<T> handler) {
        throw new UnsupportedOperationException();
    }
}
