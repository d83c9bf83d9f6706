package dev.orrery.kubelet.program;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;

/**
 * Its file belongs to root and runs as its owner, where nothing forbids it; says as whom it runs.
 */
final class NoNewPrivileges extends Talker {

    private static final int OWNER = 0;

    @Override
    Step work(Task task) {
        int effective = task.machine().noNewPrivileges() ? task.user().uid() : OWNER;
        say("Effective uid: " + effective + "\n");
        return finish(0);
    }
}
