package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.environment.PodFields;
import dev.orrery.kubelet.mount.Obstacle;
import dev.orrery.kubelet.mount.PodVolumes;
import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a pod's volumes and network, and gives them back. In the node's mailbox. */
final class Sandbox {

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(122);

    private final PodHost host;
    private final LivePod live;
    private final PodEvents events;
    private @Nullable PodVolumes volumes;
    private boolean underWay;
    private Duration retry = FIRST_RETRY;
    private String address = "";

    Sandbox(PodHost host, LivePod live, PodEvents events) {
        this.host = host;
        this.live = live;
        this.events = events;
    }

    /** Begins, where it has not begun yet. */
    void make() {
        if (!underWay) {
            underWay = true;
            mount();
        }
    }

    /** The address that the pod had before this kubelet began. */
    void takeAgain() {
        String before = live.state().podIp();
        if (!usesHostNetwork(live.pod()) && host.addresses().takeAgain(before)) {
            address = before;
        }
        if (!before.isEmpty()) {
            host.fabric().join(live.pod(), before);
        }
        underWay = true;
        host.volumes().mount(live.pod());
        volumes = host.volumes().of(fields());
    }

    /** A newer version of the pod: what its volumes tell of it changes. */
    void podChanged() {
        if (volumes != null) {
            volumes.podChanged(fields());
        }
    }

    /** Once they are mounted. */
    Optional<PodVolumes> volumes() {
        return Optional.ofNullable(volumes);
    }

    void giveBack() {
        if (volumes != null) {
            volumes.close();
            volumes = null;
        }
        host.fabric().leave(live.pod());
        if (!address.isEmpty()) {
            host.addresses().giveBack(address);
            address = "";
        }
        underWay = false;
    }

    private void mount() {
        if (isIdle()) {
            return;
        }
        List<Obstacle> obstacles = host.volumes().mount(live.pod());
        if (!obstacles.isEmpty()) {
            obstacles.forEach(each -> events.warning(live.pod(), each.reason(), each.message()));
            host.after(retry, this::mount);
            retry = longer(retry);
        } else {
            volumes = host.volumes().of(fields());
            host.after(host.delays().start(host.random()), this::connect);
        }
    }

    private void connect() {
        if (isIdle()) {
            return;
        }
        if (usesHostNetwork(live.pod())) {
            stands(host.hostIp());
            return;
        }
        Optional<String> free = host.addresses().take();
        if (free.isPresent()) {
            address = free.get();
            stands(address);
        } else {
            events.warning(live.pod(), "FailedCreatePodSandBox", noAddress());
            host.after(LONGEST_RETRY, this::connect);
        }
    }

    private void stands(String ip) {
        host.fabric().join(live.pod(), ip);
        live.set(live.state().withSandbox(ip));
        podChanged();
        live.wake();
    }

    private PodFields fields() {
        return new PodFields(live.pod(), host.nodeName(), host.hostIp(), live.state().podIp());
    }

    private boolean isIdle() {
        return live.isClosed() || !underWay || live.state().ending() != null;
    }

    private String noAddress() {
        return "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup"
                + " network for sandbox "
                + Quoted.quote(live.pod().getMetadata().getUid())
                + ": plugin type=\"ptp\" failed (add): failed to allocate for range 0: no IP"
                + " addresses available in range set";
    }

    private static Duration longer(Duration retry) {
        Duration doubled = retry.multipliedBy(2);
        return doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
    }

    private static boolean usesHostNetwork(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }
}
