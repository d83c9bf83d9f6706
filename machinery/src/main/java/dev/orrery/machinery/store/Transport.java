package dev.orrery.machinery.store;

import dev.orrery.machinery.log.GroupResource;
import java.util.List;
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
     * Several requests that do not wait for one another, each as if it were alone.
     *
     * @return the answers in the order of the calls
     * @throws StoreUnavailableException if not all answers came; each write may then have happened
     *     or not
     */
    default List<Answer> batch(List<Call> calls) {
        return calls.stream().map(this::call).toList();
    }

    /**
     * The objects of some resources at one resourceVersion.
     *
     * @param resources empty for every resource
     * @throws StoreUnavailableException if it could not be read whole
     */
    Snapshot snapshot(Set<GroupResource> resources);
}
