package dev.orrery.kubelet.program;

import dev.orrery.userland.Program;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import java.util.ArrayDeque;
import java.util.Deque;

/** A program that prints: what it said is written before it goes on. */
abstract class Talker implements Program {

    private record Said(int descriptor, String raw) {}

    private final Deque<Said> said = new ArrayDeque<>(2);
    private int written;
    private boolean over;
    private int status;

    /** A bounded piece of the work. */
    abstract Step work(Task task);

    @Override
    public final Step step(Task task) {
        for (Said next = said.peek(); next != null; next = said.peek()) {
            byte[] bytes = Raw.bytes(next.raw());
            int count = task.write(next.descriptor(), bytes, written, bytes.length - written);
            if (count == 0) {
                return Step.WAITING;
            }
            written += count;
            if (written == bytes.length) {
                said.poll();
                written = 0;
            }
        }
        if (over) {
            task.exit(status);
            return Step.WAITING;
        }
        return work(task);
    }

    /** Text as people write it, to standard output. */
    final void say(String text) {
        say(1, text);
    }

    final void say(int descriptor, String text) {
        if (!text.isEmpty()) {
            said.add(new Said(descriptor, Raw.of(text)));
        }
    }

    /** Whether nothing is left to be printed and it goes on. */
    final boolean isQuiet() {
        return said.isEmpty() && !over;
    }

    /** Ends, once everything is printed. */
    final Step finish(int code) {
        over = true;
        status = code;
        return Step.MORE;
    }
}
