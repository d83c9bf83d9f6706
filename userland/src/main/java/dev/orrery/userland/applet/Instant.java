package dev.orrery.userland.applet;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;

/** An applet whose work is one step. */
final class Instant extends Applet {
    /**
     * What the command does; what it answers is the exit code, unless something was complained of.
     */
    @FunctionalInterface
    interface Work {
        void run(Instant applet, Task task);
    }

    private final Work work;

    Instant(Work work) {
        this.work = work;
    }

    @Override
    Step work(Task task) {
        work.run(this, task);
        return finish();
    }
}
