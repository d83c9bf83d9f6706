package dev.orrery.userland.applet;

import dev.orrery.userland.Program;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A command in steps. What it prints is written before its next step of work, so an applet never
 * holds more output than one step makes.
 */
abstract class Applet implements Program {
    private static final class Printed {
        private final int descriptor;
        private final byte[] bytes;

        Printed(int descriptor, byte[] bytes) {
            this.descriptor = descriptor;
            this.bytes = bytes;
        }

        int descriptor() {
            return descriptor;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    private final Deque<Printed> printed = new ArrayDeque<>();
    private int offset;
    private boolean over;
    private int status;

    /** A bounded piece of the work. */
    abstract Step work(Task task);

    @Override
    public final Step step(Task task) {
        for (Printed next = printed.peek(); next != null; next = printed.peek()) {
            int count;
            try {
                count =
                        task.write(
                                next.descriptor(),
                                next.bytes(),
                                offset,
                                next.bytes().length - offset);
            } catch (FileException refused) {
                return cannotWrite(task, next, refused);
            }
            if (count == 0) {
                return Step.WAITING;
            }
            offset += count;
            if (offset == next.bytes().length) {
                printed.poll();
                offset = 0;
            }
        }
        if (over) {
            task.exit(status);
            return Step.WAITING;
        }
        return work(task);
    }

    /** A reader that has gone is no news; of anything else there is one word left to say. */
    private Step cannotWrite(Task task, Printed lost, FileException refused) {
        if (refused.errno() == Errno.EPIPE || lost.descriptor() != 1) {
            throw refused;
        }
        printed.clear();
        offset = 0;
        complain(task, "write error: " + refused.getMessage());
        return finish();
    }

    final void print(String raw) {
        print(1, Raw.bytes(raw));
    }

    final void print(int descriptor, byte[] bytes) {
        if (bytes.length > 0) {
            printed.add(new Printed(descriptor, bytes));
        }
    }

    /** Says what went wrong, after the command's name. */
    final void complain(Task task, String message) {
        print(2, Raw.bytes(name(task) + ": " + message + "\n"));
        status = 1;
    }

    static boolean isBusybox(Task task) {
        return task.machine().programs().isBusybox();
    }

    /** What cannot be done, as either family of commands says it. */
    static String cannot(Task task, String what, String name, FileException refused) {
        return (isBusybox(task) ? "can't " : "cannot ")
                + what
                + " '"
                + name
                + "': "
                + refused.getMessage();
    }

    static String name(Task task) {
        String first = task.arguments().getFirst();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    static List<String> arguments(Task task) {
        return task.arguments().subList(1, task.arguments().size());
    }

    final void status(int code) {
        status = code;
    }

    /** Ends, once everything is printed. */
    final Step finish() {
        over = true;
        return Step.MORE;
    }

    final Step finish(int code) {
        status = code;
        return finish();
    }
}
