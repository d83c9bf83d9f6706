package dev.orrery.controllermanager.replicationcontroller;

import dev.orrery.controllermanager.replicaset.ReplicaKind;
import dev.orrery.controllermanager.replicaset.ReplicaSetController;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import org.jspecify.annotations.Nullable;

/**
 * ReplicationControllers as ReplicaSets: their selector is a plain map of labels, and their status
 * knows nothing of pods that terminate.
 */
public final class ReplicationControllers implements ReplicaKind<ReplicationController> {

    public static ReconcileLoop loop(Surroundings surroundings) {
        return ReplicaSetController.loop(
                "replicationcontroller",
                new ReplicationControllers(),
                surroundings.recordingAs("replication-controller"));
    }

    @Override
    public Class<ReplicationController> type() {
        return ReplicationController.class;
    }

    @Override
    public ReplicaSet view(ReplicationController object) {
        return new ReplicaSetBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withMetadata(object.getMetadata())
                .withNewSpec()
                .withReplicas(object.getSpec().getReplicas())
                .withMinReadySeconds(object.getSpec().getMinReadySeconds())
                .withSelector(
                        new LabelSelectorBuilder()
                                .withMatchLabels(object.getSpec().getSelector())
                                .build())
                .withTemplate(object.getSpec().getTemplate())
                .endSpec()
                .withStatus(converted(object.getStatus(), ReplicaSetStatus.class))
                .build();
    }

    @Override
    public ReplicationController withStatus(ReplicationController object, ReplicaSetStatus status) {
        ReplicaSetStatus known =
                new ReplicaSetStatusBuilder(status).withTerminatingReplicas(null).build();
        ReplicationControllerStatus own = converted(known, ReplicationControllerStatus.class);
        return new ReplicationControllerBuilder(object).withStatus(own).build();
    }

    /** The two kinds of status have the same fields, but for the one that only the other knows. */
    private static <S> @Nullable S converted(@Nullable Object status, Class<S> type) {
        return status == null ? null : Json.MAPPER.convertValue(status, type);
    }
}
