package dev.orrery.machinery.store;

import dev.orrery.machinery.log.GroupResource;
import java.util.Set;

/**
 * How calls reach an api-server: gRPC in the services, a direct call on the workbench. Calls block
 * the caller (a virtual thread, or a coroutine of the workbench) until the answer is there. Used
 * from any thread.
 */
public interface Transport {

    /**
     * One request.
     *
     * @throws StoreUnavailableException if no answer came; a write may then have happened or not
     */
    Answer call(Call call);

    /**
     * The objects of some resources at one resourceVersion.
     *
     * @param resources empty for every resource
     * @throws StoreUnavailableException if it could not be read whole
     */
    Snapshot snapshot(Set<GroupResource> resources);
}
