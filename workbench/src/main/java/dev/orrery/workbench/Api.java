package dev.orrery.workbench;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The api-server as the other parts reach it, whichever of its lives is running. */
interface Api {

    /**
     * One request; it is received as a step of the loop, and answered as one.
     *
     * @param user who asks, as the certificate would say
     * @return fails with {@link dev.orrery.machinery.store.StoreUnavailableException} where the
     *     api-server is away, or is killed before it answers
     */
    CompletionStage<Answer> call(String user, Call call);

    CompletionStage<Snapshot> snapshot(String user, Set<GroupResource> resources);
}
