package dev.orrery.kubelet.life;

import io.fabric8.kubernetes.api.model.Container;
import org.jspecify.annotations.Nullable;

/** The phase that a pod's containers amount to. Pure. */
public final class Phase {

    public static final String PENDING = "Pending";
    public static final String RUNNING = "Running";
    public static final String SUCCEEDED = "Succeeded";
    public static final String FAILED = "Failed";

    private int initPending;
    private int initFailed;
    private int running;
    private int waiting;
    private int stopped;
    private int restarting;
    private int succeeded;

    private Phase() {}

    /**
     * @param over nothing of the pod runs or will run again
     */
    public static String of(PodState state, boolean over) {
        Ending ending = state.ending();
        if (ending != null && !ending.phase().isEmpty()) {
            return ending.phase();
        }
        Phase phase = new Phase();
        state.initContainers().forEach(init -> phase.countInit(state, init));
        state.mainContainers().forEach(main -> phase.countMain(state, main));
        String computed = phase.decide(state, over);
        boolean terminal = computed.equals(SUCCEEDED) || computed.equals(FAILED);
        return over && !terminal ? FAILED : computed;
    }

    public static boolean isTerminal(@Nullable String phase) {
        return SUCCEEDED.equals(phase) || FAILED.equals(phase);
    }

    private void countInit(PodState state, Container init) {
        ContainerState container = state.container(init);
        boolean sidecar = PodState.isSidecar(init);
        switch (shown(container.stage())) {
            case Stage.Running run -> {
                if (!sidecar || !run.started()) {
                    initPending++;
                }
                if (sidecar) {
                    running++;
                }
            }
            case Stage.Ended(Termination termination) -> {
                if (!sidecar && !termination.succeeded()) {
                    initFailed++;
                }
            }
            case Stage.Waiting _, Stage.Starting _ -> countWaitingInit(container, sidecar);
        }
    }

    private void countWaitingInit(ContainerState container, boolean sidecar) {
        Termination last = container.last();
        if (last == null) {
            initPending++;
            if (sidecar) {
                waiting++;
            }
        } else if (!sidecar && !last.succeeded()) {
            initFailed++;
        }
    }

    private void countMain(PodState state, Container main) {
        ContainerState container = state.container(main);
        Termination termination = container.latestTermination();
        if (container.isRunning()) {
            running++;
        } else if (termination == null) {
            waiting++;
        } else {
            stopped++;
            if (termination.succeeded()) {
                succeeded++;
            }
            if (RestartRule.restarts(state, main, termination)) {
                restarting++;
            }
        }
    }

    private String decide(PodState state, boolean over) {
        if (initFailed > 0 && state.restartPolicy().equals("Never")) {
            return FAILED;
        }
        if (waiting > 0 || (initPending > 0 && !state.initialized())) {
            return PENDING;
        }
        if (running > 0) {
            return RUNNING;
        }
        if (stopped == 0) {
            return PENDING;
        }
        if (restarting > 0 && !over) {
            return RUNNING;
        }
        return stopped == succeeded ? SUCCEEDED : FAILED;
    }

    private static Stage shown(Stage stage) {
        return stage instanceof Stage.Starting(Stage before) ? before : stage;
    }
}
