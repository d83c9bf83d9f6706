package dev.orrery.apiserver.http;

import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;

/** Groups and versions that an APIService says another server answers for. */
final class Aggregated {

    private static final GroupResource SERVICES =
            new GroupResource("apiregistration.k8s.io", "apiservices");

    private final Store registry;

    Aggregated(Store registry) {
        this.registry = registry;
    }

    boolean has(String group, String version) {
        Stored service = registry.current().get(new ObjectKey(SERVICES, "", version + "." + group));
        return service != null
                && Trees.read(service.value()).path("spec").path("service").isObject();
    }
}
