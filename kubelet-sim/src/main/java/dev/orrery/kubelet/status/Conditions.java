package dev.orrery.kubelet.status;

import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.Ending;
import dev.orrery.kubelet.life.Phase;
import dev.orrery.kubelet.life.PodLife;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.life.Resize;
import dev.orrery.kubelet.life.Stage;
import dev.orrery.kubelet.life.Termination;
import dev.orrery.kubelet.wording.Quoted;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a pod that are its kubelet's to write. Pure. */
final class Conditions {

    static final String RESIZE_PENDING = "PodResizePending";
    static final String RESIZE_IN_PROGRESS = "PodResizeInProgress";

    private static final String NO_REASON = "";

    private final PodState pod;
    private final String phase;
    private final Instant now;
    private final List<PodCondition> before;

    Conditions(PodState pod, String phase, Instant now) {
        this.pod = pod;
        this.phase = phase;
        this.now = now;
        this.before =
                pod.pod().getStatus() == null ? List.of() : pod.pod().getStatus().getConditions();
    }

    List<PodCondition> all() {
        Finding containersReady = containersReady();
        List<PodCondition> all = new ArrayList<>(usual(containersReady));
        Ending ending = pod.ending();
        if (ending != null && ending.reason().equals(PodLife.EVICTED)) {
            all.add(
                    condition(
                            "DisruptionTarget",
                            new Finding(true, "TerminationByKubelet", ending.message())));
        }
        resize(all);
        return all;
    }

    /** These go when they hold no more. */
    private void resize(List<PodCondition> all) {
        Resize.Pending pending = pod.resize().pending();
        if (pending != null) {
            Finding why = new Finding(true, pending.reason(), pending.message());
            all.add(condition(RESIZE_PENDING, why, pending.generation()));
        }
        Resize.UnderWay underWay = pod.resize().underWay();
        if (underWay != null) {
            all.add(condition(RESIZE_IN_PROGRESS, Finding.YES, underWay.generation()));
        }
        Resize.Failed failed = pod.resize().failed();
        if (failed != null) {
            Finding why = new Finding(true, "Error", failed.message());
            all.add(condition(RESIZE_IN_PROGRESS, why, failed.generation()));
        }
    }

    private List<PodCondition> usual(Finding containersReady) {
        return List.of(
                condition("PodReadyToStartContainers", new Finding(pod.sandbox(), NO_REASON, "")),
                condition("Initialized", initialized()),
                condition("Ready", ready(containersReady)),
                condition("ContainersReady", containersReady),
                condition("PodScheduled", Finding.YES));
    }

    private Finding initialized() {
        if (phase.equals(Phase.SUCCEEDED)) {
            return new Finding(true, "PodCompleted", "");
        }
        List<String> incomplete =
                pod.initContainers().stream()
                        .filter(init -> !hasInitialized(init))
                        .map(Container::getName)
                        .toList();
        return pod.initialized() || incomplete.isEmpty()
                ? Finding.YES
                : new Finding(
                        false,
                        "ContainersNotInitialized",
                        "containers with incomplete status: " + Quoted.list(incomplete));
    }

    private boolean hasInitialized(Container init) {
        return switch (pod.container(init).stage()) {
            case Stage.Running running -> PodState.isSidecar(init) && running.started();
            case Stage.Ended(Termination end) -> !PodState.isSidecar(init) && end.succeeded();
            case Stage.Waiting _, Stage.Starting _ -> false;
        };
    }

    private Finding containersReady() {
        if (phase.equals(Phase.SUCCEEDED)) {
            return new Finding(false, "PodCompleted", "");
        }
        if (phase.equals(Phase.FAILED)) {
            return new Finding(false, "PodFailed", "");
        }
        List<String> unready =
                Stream.concat(
                                pod.initContainers().stream().filter(PodState::isSidecar),
                                pod.mainContainers().stream())
                        .filter(each -> !isReady(pod.container(each)))
                        .map(Container::getName)
                        .toList();
        return unready.isEmpty()
                ? Finding.YES
                : new Finding(
                        false,
                        "ContainersNotReady",
                        "containers with unready status: " + Quoted.list(unready));
    }

    private static boolean isReady(ContainerState container) {
        return container.stage() instanceof Stage.Running running && running.ready();
    }

    private Finding ready(Finding containersReady) {
        if (!containersReady.holds()) {
            return containersReady;
        }
        List<String> closed = new ArrayList<>();
        for (PodReadinessGate gate : pod.pod().getSpec().getReadinessGates()) {
            PodCondition found = find(gate.getConditionType());
            String name = Quoted.quote(gate.getConditionType());
            if (found == null) {
                closed.add(
                        "corresponding condition of pod readiness gate "
                                + name
                                + " does not exist.");
            } else if (!"True".equals(found.getStatus())) {
                closed.add(
                        "the status of pod readiness gate "
                                + name
                                + " is not \"True\", but "
                                + found.getStatus());
            }
        }
        return closed.isEmpty()
                ? Finding.YES
                : new Finding(false, "ReadinessGatesNotReady", String.join(", ", closed));
    }

    private PodCondition condition(String type, Finding finding) {
        return condition(type, finding, pod.pod().getMetadata().getGeneration());
    }

    private PodCondition condition(String type, Finding finding, @Nullable Long generation) {
        String status = finding.holds() ? "True" : "False";
        PodCondition old = find(type);
        boolean same = old != null && status.equals(old.getStatus());
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(emptyToNull(finding.reason()))
                .withMessage(emptyToNull(finding.message()))
                .withObservedGeneration(generation)
                .withLastTransitionTime(
                        same && old != null && old.getLastTransitionTime() != null
                                ? old.getLastTransitionTime()
                                : Times.text(now))
                .build();
    }

    private @Nullable PodCondition find(String type) {
        return before.stream()
                .filter(each -> Objects.equals(each.getType(), type))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private record Finding(boolean holds, String reason, String message) {
        static final Finding YES = new Finding(true, "", "");
    }
}
