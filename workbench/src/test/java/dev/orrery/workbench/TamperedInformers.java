package dev.orrery.workbench;

import dev.orrery.machinery.informer.ChangeHandler;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.informer.MetadataInformer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Informers that tell a controller something else than what there is.
 *
 * @param next what there is
 */
record TamperedInformers(Informers next, Reading reading) implements Informers {

    /** How objects are seen. */
    interface Reading {

        /** An object as the controller sees it. */
        <T extends HasMetadata> T see(T object);

        /** Whether the controller hears of a change. */
        boolean hears(@Nullable HasMetadata before, @Nullable HasMetadata after);
    }

    @Override
    public <T extends HasMetadata> Informer<T> of(Class<T> kind) {
        return new Tampered<>(next.of(kind), reading);
    }

    @Override
    public MetadataInformer metadata() {
        return next.metadata();
    }

    @Override
    public long applied() {
        return next.applied();
    }

    @Override
    public void whenApplied(long resourceVersion, Runnable task) {
        next.whenApplied(resourceVersion, task);
    }

    private record Tampered<T extends HasMetadata>(Informer<T> next, Reading reading)
            implements Informer<T> {

        @Override
        public @Nullable T get(String namespace, String name) {
            T object = next.get(namespace, name);
            return object == null ? null : reading.see(object);
        }

        @Override
        public Collection<T> list() {
            return see(next.list());
        }

        @Override
        public Collection<T> list(String namespace) {
            return see(next.list(namespace));
        }

        @Override
        public Collection<T> byIndex(Index<T> index, String value) {
            return see(next.byIndex(index, value));
        }

        @Override
        public Collection<T> ownedBy(String uid) {
            return see(next.ownedBy(uid));
        }

        @Override
        public void addIndex(Index<T> index) {
            next.addIndex(index);
        }

        @Override
        public void addHandler(ChangeHandler<T> handler) {
            next.addHandler((before, after, change) -> {
                if (reading.hears(before, after)) {
                    handler.changed(before, after, change);
                }
            });
        }

        private Collection<T> see(Collection<T> objects) {
            return objects.stream().map(reading::see).toList();
        }
    }
}
