package dev.orrery.kubelet.process;

import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.function.Consumer;

/** A process that runs in a container. Called from its node's mailbox; never blocks. */
public interface ContainerProcess {

    /** What the process makes of it shows in its exit, if any. KILL always ends it. */
    void signal(Signal signal);

    /** Its resources are to be others, without a restart. */
    void resize(Container container);

    /**
     * Asks a question, which is answered once within the time given, or when the container ends; on
     * any thread.
     */
    void check(Check check, Duration timeout, Consumer<Answer> reply);

    /** What was written to the container's own files, and to its log. */
    long writtenBytes();

    /** What its processes hold at a time, or pretend to. */
    long memoryBytes();
}
