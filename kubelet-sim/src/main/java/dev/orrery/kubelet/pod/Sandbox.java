package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.volume.Volumes;
import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes a pod's volumes and network, and gives them back. In the node's mailbox. */
final class Sandbox {

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(122);

    private final PodHost host;
    private final LivePod live;
    private final PodEvents events;
    private final Volumes volumes;
    private boolean underWay;
    private Duration retry = FIRST_RETRY;
    private String address = "";

    Sandbox(PodHost host, LivePod live, PodEvents events) {
        this.host = host;
        this.live = live;
        this.events = events;
        this.volumes = new Volumes(host.objects());
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
    }

    void giveBack() {
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
        List<String> obstacles = volumes.obstacles(live.pod());
        if (!obstacles.isEmpty()) {
            obstacles.forEach(each -> events.warning(live.pod(), "FailedMount", each));
            host.after(retry, this::mount);
            retry = longer(retry);
        } else {
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
        live.wake();
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
