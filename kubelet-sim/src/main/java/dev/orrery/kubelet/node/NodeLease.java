package dev.orrery.kubelet.node;

import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A node's sign of life. Blocks; called by one thread at a time. */
final class NodeLease {

    static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final String NAMESPACE = "kube-node-lease";
    private static final int DURATION_SECONDS = 40;

    private final String nodeName;
    private final StoreClient store;
    private final Clock clock;
    private @Nullable Lease latest;

    NodeLease(String nodeName, StoreClient store, Clock clock) {
        this.nodeName = nodeName;
        this.store = store;
        this.clock = clock;
    }

    /**
     * @throws ApiException also where somebody else wrote it in between: the next time starts anew
     */
    void renew(Node node) {
        try {
            Lease before = latest == null ? find() : latest;
            latest =
                    before == null
                            ? store.create(first(node))
                            : store.update(
                                    new LeaseBuilder(before)
                                            .editSpec()
                                            .withHolderIdentity(nodeName)
                                            .withLeaseDurationSeconds(DURATION_SECONDS)
                                            .withRenewTime(now())
                                            .endSpec()
                                            .build());
        } catch (ApiException e) {
            latest = null;
            throw e;
        }
    }

    private @Nullable Lease find() {
        try {
            return store.get(Lease.class, NAMESPACE, nodeName);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return null;
            }
            throw e;
        }
    }

    private Lease first(Node node) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(nodeName)
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(nodeName)
                .withUid(node.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(nodeName)
                .withLeaseDurationSeconds(DURATION_SECONDS)
                .withRenewTime(now())
                .endSpec()
                .build();
    }

    private ZonedDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
