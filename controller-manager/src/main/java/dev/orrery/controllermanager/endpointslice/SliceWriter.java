package dev.orrery.controllermanager.endpointslice;

import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;

/** Carries a plan out. */
final class SliceWriter {

    /** Slices by their Service's key as text. */
    static final Index<EndpointSlice> BY_SERVICE =
            new Index<>(
                    "service",
                    slice ->
                            List.of(
                                    new Key(
                                                    slice.getMetadata().getNamespace(),
                                                    SliceLabels.service(slice))
                                            .toString()));

    private final StoreClient store;

    SliceWriter(StoreClient store) {
        this.store = store;
    }

    /**
     * @param creates false where the parent is going: the garbage collector would follow
     */
    void apply(SlicePlan plan, boolean creates) {
        if (creates) {
            plan.created().forEach(this::create);
        }
        plan.changed().forEach(store::update);
        plan.deleted().forEach(this::delete);
    }

    void delete(EndpointSlice slice) {
        try {
            store.delete(
                    EndpointSlice.class,
                    slice.getMetadata().getNamespace(),
                    slice.getMetadata().getName(),
                    Deletion.of(slice.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private void create(EndpointSlice slice) {
        try {
            store.create(slice);
        } catch (ApiException e) {
            if (!e.isNamespaceTerminating()) {
                throw e;
            }
        }
    }
}
