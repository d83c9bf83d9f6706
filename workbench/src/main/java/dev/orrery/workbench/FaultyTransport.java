package dev.orrery.workbench;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A component's connection to the api-server: calls wait as coroutines, and some go wrong. */
final class FaultyTransport implements Transport {

    private final Api api;
    private final String user;
    private final Faults faults;
    private final Mishaps mishaps;
    private final RandomGenerator random;

    FaultyTransport(Api api, String user, Faults faults, Mishaps mishaps, RandomGenerator random) {
        this.api = api;
        this.user = user;
        this.faults = faults;
        this.mishaps = mishaps;
        this.random = random;
    }

    @Override
    public Answer call(Call call) {
        Coroutine.checkAlive();
        if (faults.refusesCall(random) && mishaps.happens()) {
            throw new StoreUnavailableException("the call timed out (it did not happen)", null);
        }
        Answer answer = Coroutine.await(api.call(user, call));
        if (faults.losesAnswer(random) && mishaps.happens()) {
            throw new StoreUnavailableException("the call timed out (it had happened)", null);
        }
        return answer;
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        Coroutine.checkAlive();
        return Coroutine.await(api.snapshot(user, resources));
    }
}
