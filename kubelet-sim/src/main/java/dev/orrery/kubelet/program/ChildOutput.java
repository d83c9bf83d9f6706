package dev.orrery.kubelet.program;

import dev.orrery.userland.Channel;
import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Pipe;
import dev.orrery.userland.Task;
import dev.orrery.userland.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shell command that another program runs, and all that it prints, up to a bound. */
final class ChildOutput {

    private static final int MOST_BYTES = 1 << 20;

    private final Task child;
    private final Channel reader;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ChildOutput(Task child, Channel reader) {
        this.child = child;
        this.reader = reader;
    }

    static ChildOutput of(Task task, String raw) {
        Pipe pipe = new Pipe();
        Task child = task.spawn(new Shell(), List.of("/bin/sh", "-c", raw), task.environment());
        OpenFile out = new OpenFile(pipe.writer());
        child.open(1, out);
        child.open(2, out.share());
        return new ChildOutput(child, pipe.reader());
    }

    /** Its exit code once it has ended and all is read; null before. */
    @Nullable Integer poll(Task task) {
        byte[] buffer = new byte[4096];
        int count = reader.read(buffer, task);
        while (count > 0) {
            bytes.write(buffer, 0, Math.min(count, MOST_BYTES - bytes.size()));
            count = reader.read(buffer, task);
        }
        Integer status = child.status();
        if (count == 0 || status == null) {
            return null;
        }
        task.reap(child);
        reader.close();
        return status;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
