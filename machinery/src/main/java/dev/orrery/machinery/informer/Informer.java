package dev.orrery.machinery.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One kind of object as this component knows it now. Read from any thread; what it hands out is
 * shared and must not be changed (copy with the model's builders). Objects carry their
 * resourceVersion.
 */
public interface Informer<T extends HasMetadata> {

    /**
     * @param namespace empty for a cluster-scoped kind
     */
    @Nullable T get(String namespace, String name);

    Collection<T> list();

    Collection<T> list(String namespace);

    /** The objects for which an index, added before the start, yields the value. */
    Collection<T> byIndex(Index<T> index, String value);

    /** The objects with an owner reference, controlling or not, to this uid. */
    Collection<T> ownedBy(String uid);

    /** Before the start only. Adding the same again changes nothing. */
    void addIndex(Index<T> index);

    /**
     * Before the start only. The handler hears of every object of the first snapshot as an
     * addition, and then of every change, on the informer's one thread, after the change can be
     * read here.
     */
    void addHandler(ChangeHandler<T> handler);
}
