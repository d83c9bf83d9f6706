package dev.orrery.kubelet.process;

import java.util.function.Consumer;

/** A process that runs in a container. Called from its node's mailbox; never blocks. */
public interface ContainerProcess {

    /** What the process makes of it shows in its exit, if any. KILL always ends it. */
    void signal(Signal signal);

    /** Asks a question; the answer may come at once or later, on any thread. */
    void check(Check check, Consumer<Answer> reply);
}
