package dev.orrery.kubelet.program;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;

/** Ends well as often as not. */
final class RandomExit extends Talker {

    @Override
    Step work(Task task) {
        return finish(task.machine().host().random().nextInt(2));
    }
}
