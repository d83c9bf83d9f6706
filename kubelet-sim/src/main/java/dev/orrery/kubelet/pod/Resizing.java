package dev.orrery.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.kubelet.admission.Fit;
import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.life.Resize;
import dev.orrery.machinery.store.Json;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives a pod's containers the resources that its spec asks for, as far as its node has them. In
 * the node's mailbox.
 */
final class Resizing {

    /** As often as a kubelet looks after a pod of which nothing is heard, or rather oftener. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    private final PodHost host;
    private final LivePod live;
    private final PodEvents events;
    private final Containers containers;
    private final Function<Pod, Fit> node;
    private @Nullable Pod wanted;
    private boolean triesAgain;

    /**
     * @param node whether a pod could have what it asks for
     */
    Resizing(
            PodHost host,
            LivePod live,
            PodEvents events,
            Containers containers,
            Function<Pod, Fit> node) {
        this.host = host;
        this.live = live;
        this.events = events;
        this.containers = containers;
        this.node = node;
    }

    /** The API has this version of the pod, of which all but the resources is taken already. */
    void consider(Pod newest) {
        wanted = newest;
        again();
    }

    boolean isDeferred() {
        Resize.Pending pending = live.state().resize().pending();
        return pending != null && pending.reason().equals(Resize.DEFERRED);
    }

    /** The node may have more to give than before. */
    void again() {
        Pod newest = wanted;
        if (newest == null || live.isClosed() || live.state().ending() != null) {
            return;
        }
        if (!Allocation.differs(newest, live.pod())) {
            pending(null);
            failed(null);
            return;
        }
        switch (node.apply(newest)) {
            case Fit.Fits _ -> allocate(newest);
            case Fit.Never(String message) -> pending(Resize.INFEASIBLE, message, newest);
            case Fit.NotNow(String message) -> pending(Resize.DEFERRED, message, newest);
        }
    }

    /** Containers that were to take their resources by a restart may have done so. */
    void settle() {
        Resize resize = live.state().resize();
        Resize.UnderWay underWay = resize.underWay();
        if (underWay != null && underWay.restarting().entrySet().stream().allMatch(this::isAnew)) {
            live.set(live.state().withResize(resize.withUnderWay(null)));
            completed(underWay.generation());
        }
    }

    private boolean isAnew(Map.Entry<String, String> before) {
        ContainerState container = live.container(before.getKey());
        return container.isRunning() && !container.containerId().equals(before.getValue());
    }

    /** The node has it; what runs may use too much to take it. */
    private void allocate(Pod newest) {
        Resize.Failed earlier = live.state().resize().failed();
        boolean started = earlier != null && earlier.generation() == generation(newest);
        if (!started) {
            events.normal(newest, "ResizeStarted", "Pod resize started: " + told(newest, ""));
        }
        Optional<String> refusal =
                MemoryLimits.refusal(live.pod(), newest, containers.memoryUse(newest));
        if (refusal.isEmpty()) {
            give(newest);
            return;
        }
        String message = refusal.get();
        failed(new Resize.Failed(message, generation(newest), Allocation.requests(newest)));
        if (!started) {
            events.warning(newest, "ResizeError", "Pod resize error: " + told(newest, message));
        }
        tryAgain();
    }

    private void failed(Resize.@Nullable Failed why) {
        Resize resize = live.state().resize();
        if (!Objects.equals(why, resize.failed())) {
            live.set(live.state().withResize(resize.withPending(null).withFailed(why)));
        }
    }

    private void tryAgain() {
        if (!triesAgain) {
            triesAgain = true;
            host.after(
                    TRY_AGAIN,
                    () -> {
                        triesAgain = false;
                        if (live.state().resize().failed() != null) {
                            again();
                            live.wake();
                        }
                    });
        }
    }

    private void give(Pod newest) {
        Pod before = live.pod();
        long generation = generation(newest);
        PodState state = live.state().withPod(newest);
        live.set(state.withResize(Resize.NONE));
        Map<String, String> restarting = containers.resize(before);
        if (restarting.isEmpty()) {
            completed(generation);
        } else {
            Resize.UnderWay underWay = new Resize.UnderWay(generation, restarting);
            live.set(live.state().withResize(Resize.NONE.withUnderWay(underWay)));
        }
    }

    private void completed(long generation) {
        String told = told(live.pod(), "", generation);
        events.normal(live.pod(), "ResizeCompleted", "Pod resize completed: " + told);
    }

    private void pending(String reason, String message, Pod newest) {
        long generation = generation(newest);
        Resize.Pending why = new Resize.Pending(reason, message, generation);
        failed(null);
        if (!why.equals(live.state().resize().pending())) {
            pending(why);
            events.warning(
                    newest,
                    "Resize" + reason,
                    "Pod resize " + reason + ": " + told(newest, message));
        }
    }

    private void pending(Resize.@Nullable Pending why) {
        Resize resize = live.state().resize();
        if (why != null || resize.pending() != null) {
            live.set(live.state().withResize(resize.withPending(why)));
        }
    }

    private static long generation(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getGeneration(), 0L);
    }

    private static String told(Pod pod, String error) {
        return told(pod, error, generation(pod));
    }

    private static String told(Pod pod, String error, long generation) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putArray("containers")
                .addAll(pod.getSpec().getContainers().stream().map(Resizing::told).toList());
        all.put("generation", generation);
        if (!error.isEmpty()) {
            all.put("error", error);
        }
        return all.toString();
    }

    private static JsonNode told(Container container) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", container.getName())
                .set("resources", Json.MAPPER.valueToTree(container.getResources()));
    }
}
