package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.store.Store;
import dev.orrery.machinery.log.GroupResource;

/** The logs: Events lie in one of their own, all else in the registry. */
public record Stores(Store registry, Store events) {

    private static final GroupResource EVENTS = new GroupResource("", "events");

    public Store of(GroupResource storage) {
        return storage.equals(EVENTS) ? events : registry;
    }
}
