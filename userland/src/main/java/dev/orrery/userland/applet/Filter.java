package dev.orrery.userland.applet;

import dev.orrery.userland.Channel;
import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An applet that reads the files it is given, or standard input, and prints as it reads. */
abstract class Filter extends Applet {
    private @Nullable Deque<String> files;
    private @Nullable OpenFile current;
    private boolean enough;

    /** Takes the options and answers the names of the files. */
    abstract List<String> begin(Task task);

    /** Some bytes of the current file. */
    abstract void bytes(Task task, String chunk);

    void opened(String name) {}

    /** The current file has been read. */
    void ended(Task task) {}

    /** All has been read. */
    void complete(Task task) {}

    final void enough() {
        enough = true;
    }

    @Override
    final Step work(Task task) {
        Deque<String> names = files;
        if (names == null) {
            List<String> given = begin(task);
            names = new ArrayDeque<>(given.isEmpty() ? List.of("-") : given);
            files = names;
            return Step.MORE;
        }
        if (current == null) {
            return open(task, names);
        }
        byte[] buffer = new byte[4096];
        int count = 0;
        try {
            count = enough ? Channel.END : current.channel().read(buffer, task);
        } catch (FileException refused) {
            complain(task, "read error: " + refused.getMessage());
            count = Channel.END;
        }
        if (count == 0) {
            return Step.WAITING;
        }
        if (count > 0) {
            bytes(task, Raw.of(buffer, 0, count));
            return Step.MORE;
        }
        current.release();
        current = null;
        enough = false;
        ended(task);
        return Step.MORE;
    }

    private Step open(Task task, Deque<String> names) {
        String name = names.poll();
        if (name == null) {
            complete(task);
            return finish();
        }
        try {
            OpenFile input = name.equals("-") ? task.file(0) : null;
            current = input != null ? input.share() : task.open(name, false, false, false, true);
            opened(name);
        } catch (FileException refused) {
            complain(task, cannot(task, name, refused));
        }
        return Step.MORE;
    }

    String cannot(Task task, String name, FileException refused) {
        return name + ": " + refused.getMessage();
    }
}
