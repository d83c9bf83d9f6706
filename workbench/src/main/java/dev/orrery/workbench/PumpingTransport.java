package dev.orrery.workbench;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.Transport;
import java.util.Set;

/** How the one who turns the crank speaks to the cluster: each call turns it until the answer. */
final class PumpingTransport implements Transport {

    private final Workbench workbench;

    PumpingTransport(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Answer call(Call call) {
        return workbench.await(workbench.api().call(Users.ADMIN, call));
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        return workbench.await(workbench.api().snapshot(Users.ADMIN, resources));
    }
}
