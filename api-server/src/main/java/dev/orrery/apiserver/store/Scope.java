package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;

/** The objects of one resource, in one namespace or, where that is empty, in all of them. */
record Scope(GroupResource resource, String namespace) {

    boolean covers(ObjectKey key) {
        return resource.equals(key.resource())
                && (namespace.isEmpty() || namespace.equals(key.namespace()));
    }
}
