package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.life.ContainerState;
import dev.orrery.kubelet.life.PodState;
import dev.orrery.kubelet.life.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The state of one pod as its parts share it. In the node's mailbox. After it is closed nothing
 * that was under way for it has an effect.
 */
final class LivePod {

    private final Runnable changed;
    private PodState state;
    private long changes;
    private boolean closed;

    /**
     * @param changed run after a change that came from outside a turn
     */
    LivePod(PodState state, Runnable changed) {
        this.state = state;
        this.changed = changed;
    }

    PodState state() {
        return state;
    }

    Pod pod() {
        return state.pod();
    }

    ContainerState container(String name) {
        return state.container(name);
    }

    Optional<Container> spec(String name) {
        return state.allContainers().filter(each -> each.getName().equals(name)).findFirst();
    }

    /** Changes the state; the pod's next moves are for the caller's turn to decide. */
    void set(PodState next) {
        state = next;
        changes++;
    }

    /** How often the state has been changed. */
    long changes() {
        return changes;
    }

    void set(String container, ContainerState next) {
        set(state.with(container, next));
    }

    /** Changes a container outside a turn. */
    void change(String container, UnaryOperator<ContainerState> change) {
        if (!closed) {
            set(container, change.apply(container(container)));
            changed.run();
        }
    }

    void changeStage(String container, Stage stage) {
        change(container, each -> each.withStage(stage));
    }

    /** Something happened; the next moves are to be decided. */
    void wake() {
        if (!closed) {
            changed.run();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
