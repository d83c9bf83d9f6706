package dev.orrery.kubelet.life;

import static dev.orrery.kubelet.life.PodState.isSidecar;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is to be done next for a pod. Pure: whoever acts on the moves changes the state and
 * asks again. Moves that take time (a sandbox, a stop) come again until the state shows their end.
 */
public final class PodLife {

    public static final String DEADLINE_EXCEEDED = "DeadlineExceeded";
    public static final String EVICTED = "Evicted";
    public static final String DEADLINE_MESSAGE =
            "Pod was active on the node longer than the specified deadline";
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private final PodState state;
    private final Instant now;
    private final List<Move> moves = new ArrayList<>();

    private PodLife(PodState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    public static List<Move> next(PodState state, Instant now) {
        PodLife life = new PodLife(state, now);
        Ending ending = state.ending();
        if (ending == null) {
            life.goOn();
        } else {
            life.end(ending);
        }
        return List.copyOf(life.moves);
    }

    private void goOn() {
        Ending ending = reasonToEnd();
        if (ending != null) {
            moves.add(new Move.End(ending));
            return;
        }
        if (!state.sandbox()) {
            moves.add(new Move.MakeSandbox());
            return;
        }
        state.ephemeralContainers().forEach(this::advance);
        if (initialize()) {
            for (Container container : state.mainContainers()) {
                advance(container);
            }
        }
    }

    private @Nullable Ending reasonToEnd() {
        if (state.isDeleted()) {
            return Ending.byContainers(now, deletionGrace());
        }
        PodStatus shown = state.pod().getStatus();
        if (shown != null && Phase.isTerminal(shown.getPhase())) {
            return new Ending(
                    shown.getPhase(),
                    text(shown.getReason()),
                    text(shown.getMessage()),
                    now,
                    gracePeriod(state));
        }
        if (isPastDeadline()) {
            return new Ending(
                    Phase.FAILED, DEADLINE_EXCEEDED, DEADLINE_MESSAGE, now, gracePeriod(state));
        }
        return isDone() ? Ending.byContainers(now, gracePeriod(state)) : null;
    }

    private boolean isPastDeadline() {
        Long seconds = state.pod().getSpec().getActiveDeadlineSeconds();
        if (seconds == null) {
            return false;
        }
        Instant deadline = state.startTime().plusSeconds(seconds);
        if (deadline.isAfter(now)) {
            moves.add(new Move.Wake(deadline));
            return false;
        }
        return true;
    }

    /** No container will run any more, or none need to. */
    private boolean isDone() {
        boolean initFailed =
                state.restartPolicy().equals("Never")
                        && !state.initialized()
                        && state.initContainers().stream()
                                .anyMatch(init -> !isSidecar(init) && failed(init));
        return initFailed || state.mainContainers().stream().allMatch(this::isDone);
    }

    private boolean isDone(Container container) {
        return state.container(container).stage() instanceof Stage.Ended(Termination termination)
                && !RestartRule.restarts(state, container, termination);
    }

    private boolean failed(Container container) {
        return state.container(container).stage() instanceof Stage.Ended(Termination termination)
                && !termination.succeeded();
    }

    /** Takes the init containers forward; true once the main containers may run. */
    private boolean initialize() {
        boolean initialized = state.initialized();
        for (Container init : state.initContainers()) {
            if (initialized && !isSidecar(init)) {
                continue;
            }
            advance(init);
            if (!initialized && !letsNextBegin(init)) {
                return false;
            }
        }
        return true;
    }

    private boolean letsNextBegin(Container init) {
        return switch (state.container(init).stage()) {
            case Stage.Running running -> isSidecar(init) && running.started();
            case Stage.Ended(Termination termination) ->
                    !isSidecar(init) && termination.succeeded();
            case Stage.Waiting _, Stage.Starting _ -> false;
        };
    }

    private void advance(Container container) {
        switch (state.container(container).stage()) {
            case Stage.Waiting waiting -> startWhenDue(container, waiting.notBefore());
            case Stage.Ended(Termination termination) -> advanceEnded(container, termination);
            case Stage.Running _ -> restartIfChanged(container);
            case Stage.Starting _ -> {}
        }
    }

    private void advanceEnded(Container container, Termination termination) {
        boolean initDone = state.role(container) == Role.INIT && termination.succeeded();
        if (initDone || !RestartRule.restarts(state, container, termination)) {
            return;
        }
        Instant earliest =
                state.container(container).restartBackoff().earliest(termination.finishedAt());
        if (earliest.isAfter(now)) {
            moves.add(new Move.HoldBack(container.getName(), earliest));
        } else {
            startWhenDue(container, earliest);
        }
    }

    /** One container of a pod is started at a time, as a kubelet does it. */
    private void startWhenDue(Container container, Instant notBefore) {
        if (notBefore.isAfter(now)) {
            moves.add(new Move.Wake(notBefore));
        } else if (!somethingStarts()) {
            moves.add(new Move.Start(container.getName()));
        }
    }

    private boolean somethingStarts() {
        return moves.stream().anyMatch(Move.Start.class::isInstance)
                || state.allContainers().anyMatch(each -> state.container(each).isStarting());
    }

    private void restartIfChanged(Container container) {
        if (!state.container(container).image().equals(container.getImage())) {
            moves.add(
                    new Move.Stop(
                            container.getName(),
                            "Container "
                                    + container.getName()
                                    + " definition changed, will be restarted"));
        }
    }

    /** The main containers first; then the sidecars, the last one first. */
    private void end(Ending ending) {
        if (state.isDeleted() && deletionGrace() < ending.graceSeconds()) {
            moves.add(new Move.End(ending.withGrace(now, deletionGrace())));
            return;
        }
        stop(state.ephemeralContainers());
        boolean mainRuns = stop(state.mainContainers());
        List<Container> inits = state.initContainers().reversed();
        for (Container init : inits) {
            boolean mayStop = !isSidecar(init) || !mainRuns;
            if (mayStop && stop(List.of(init)) && isSidecar(init)) {
                return;
            }
        }
        if (state.allContainers().noneMatch(each -> state.container(each).isRunning())) {
            moves.add(new Move.Finish());
        }
    }

    private boolean stop(List<Container> containers) {
        boolean anyRuns = false;
        for (Container container : containers) {
            if (state.container(container).isRunning()) {
                anyRuns = true;
                moves.add(
                        new Move.Stop(
                                container.getName(), "Stopping container " + container.getName()));
            }
        }
        return anyRuns;
    }

    private long deletionGrace() {
        return Objects.requireNonNullElseGet(
                state.pod().getMetadata().getDeletionGracePeriodSeconds(),
                () -> gracePeriod(state));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    public static long gracePeriod(PodState state) {
        return Objects.requireNonNullElse(
                state.pod().getSpec().getTerminationGracePeriodSeconds(), DEFAULT_GRACE_SECONDS);
    }
}
