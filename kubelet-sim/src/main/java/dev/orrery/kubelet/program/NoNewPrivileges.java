package dev.orrery.kubelet.program;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;

/**
 * Says as whom it runs. Its file would make it root, where the container lets a program become more
 * than who started it; nothing does so here, so it says what a container that forbids it shows.
 */
final class NoNewPrivileges extends Talker {

    @Override
    Step work(Task task) {
        say("Effective uid: " + task.user().uid() + "\n");
        return finish(0);
    }
}
