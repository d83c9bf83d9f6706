package dev.orrery.kubelet.program;

import dev.orrery.kubelet.image.ProgramSpec;
import dev.orrery.userland.Commands;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import java.util.List;

/** An image's start script: says what it prepared and becomes the command that it is given. */
final class EntryPoint extends Talker {

    private final ProgramSpec spec;
    private boolean said;

    EntryPoint(ProgramSpec spec) {
        this.spec = spec;
    }

    @Override
    Step work(Task task) {
        if (!said) {
            said = true;
            say(spec.output());
            return Step.MORE;
        }
        List<String> words = task.arguments();
        if (words.size() == 1) {
            return finish(0);
        }
        List<String> command = words.subList(1, words.size());
        try {
            Commands.Found found =
                    Commands.find(
                            task.machine(),
                            command,
                            task.environment(),
                            task.directory(),
                            task.user());
            task.become(found.program(), found.arguments(), task.environment());
            return Step.MORE;
        } catch (FileException refused) {
            boolean missing = refused.errno() == Errno.ENOENT;
            say(
                    2,
                    words.getFirst()
                            + ": exec: line 47: "
                            + command.getFirst()
                            + (missing ? ": not found\n" : ": Permission denied\n"));
            return finish(missing ? 127 : 126);
        }
    }
}
