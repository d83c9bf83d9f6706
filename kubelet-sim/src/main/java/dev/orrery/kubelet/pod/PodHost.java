package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.environment.ResourceFields;
import dev.orrery.kubelet.image.ImageCatalog;
import dev.orrery.kubelet.image.NodeImages;
import dev.orrery.kubelet.mailbox.Mailbox;
import dev.orrery.kubelet.network.Fabric;
import dev.orrery.kubelet.network.PodAddresses;
import dev.orrery.kubelet.process.ContainerRuntime;
import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a node offers to its pods. Its images, addresses and random source are confined to the
 * mailbox, as the pods themselves are.
 *
 * @param executor for what blocks: writes to the store
 * @param random of this node alone
 * @param store writes as the node
 */
public record PodHost(
        String nodeName,
        String hostIp,
        ResourceFields resources,
        Mailbox mailbox,
        Clock clock,
        Executor executor,
        RandomGenerator random,
        StoreClient store,
        EventRecorder events,
        ClusterObjects objects,
        ImageCatalog catalog,
        NodeImages images,
        PodAddresses addresses,
        Fabric fabric,
        ContainerRuntime runtime,
        Delays delays) {

    Instant now() {
        return clock.instant();
    }

    /** Runs a task in the mailbox after a while. */
    Clock.Timer after(Duration delay, Runnable task) {
        return clock.schedule(delay, () -> mailbox.post(task));
    }
}
