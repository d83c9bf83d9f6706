package dev.orrery.controllermanager.service;

import dev.orrery.machinery.informer.ChangeHandler;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Maps a change of a pod to the Services that select it, or did. */
public final class ServiceKeys implements ChangeHandler<Pod> {

    private final Informer<Service> services;
    private final BiConsumer<Key, Change> enqueue;

    public ServiceKeys(Informer<Service> services, BiConsumer<Key, Change> enqueue) {
        this.services = services;
        this.enqueue = enqueue;
    }

    @Override
    public void changed(@Nullable Pod before, @Nullable Pod after, Change change) {
        Pod pod = after != null ? after : before;
        if (pod == null || !Backends.matters(before, after)) {
            return;
        }
        for (Service service : services.list(pod.getMetadata().getNamespace())) {
            if ((before != null && Backends.selects(service, before))
                    || (after != null && Backends.selects(service, after))) {
                enqueue.accept(Key.of(service), change);
            }
        }
    }
}
