package dev.orrery.controllermanager.replicaset;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;

/** ReplicaSets as the engine sees them: as they are. */
final class ReplicaSets implements ReplicaKind<ReplicaSet> {

    @Override
    public Class<ReplicaSet> type() {
        return ReplicaSet.class;
    }

    @Override
    public ReplicaSet view(ReplicaSet object) {
        return object;
    }

    @Override
    public ReplicaSet withStatus(ReplicaSet object, ReplicaSetStatus status) {
        return new ReplicaSetBuilder(object).withStatus(status).build();
    }
}
