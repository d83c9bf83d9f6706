package dev.orrery.kubelet.process;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Consumer;

/**
 * Turns images and commands into processes. It decides what a container does; when it is started
 * and stopped is the kubelet's part. Event-driven: a process that waits holds no thread.
 */
public interface ContainerRuntime {

    /**
     * Starts a process, or takes one up again that has been running since {@link
     * Launch#startedAt()}.
     *
     * @param exits told once how the process ended: on any thread, never in the caller's frame
     */
    ContainerProcess start(Launch launch, Consumer<Exit> exits) throws StartException;

    /** The pod is gone: nothing that its containers left behind is of use. */
    void forget(Pod pod);
}
