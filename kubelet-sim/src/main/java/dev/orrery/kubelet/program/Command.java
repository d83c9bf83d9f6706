package dev.orrery.kubelet.program;

import dev.orrery.kubelet.image.ProgramSpec;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;

/** Prints what it has to print and ends. */
final class Command extends Talker {

    private final ProgramSpec spec;

    Command(ProgramSpec spec) {
        this.spec = spec;
    }

    @Override
    Step work(Task task) {
        say(spec.output());
        Integer code = spec.exitCode();
        return finish(code == null ? 0 : code);
    }
}
