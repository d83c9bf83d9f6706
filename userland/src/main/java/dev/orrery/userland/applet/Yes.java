package dev.orrery.userland.applet;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;

/** {@code yes}: says the same for ever. */
final class Yes extends Applet {
    @Override
    Step work(Task task) {
        String words = String.join(" ", arguments(task));
        print((words.isEmpty() ? "y" : words) + "\n");
        return Step.MORE;
    }
}
