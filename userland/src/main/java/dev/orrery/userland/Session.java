package dev.orrery.userland;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The outside's hold on a process that it started; every method may be called by any thread. */
public final class Session {
    private final Machine machine;
    private final Task task;
    private final Input input;
    private final SinkChannel stdout;
    private final SinkChannel stderr;
    private final @Nullable Terminal terminal;
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    Session(
            Machine machine,
            Task task,
            Input input,
            SinkChannel stdout,
            SinkChannel stderr,
            @Nullable Terminal terminal) {
        this.machine = machine;
        this.task = task;
        this.input = input;
        this.stdout = stdout;
        this.stderr = stderr;
        this.terminal = terminal;
        task.onExit(exit::complete);
    }

    public int pid() {
        return task.pid();
    }

    /**
     * Gives bytes to standard input. They are always taken; false asks to wait with more until
     * {@code drained}, which is called once, when they have been read or never will be.
     */
    public boolean write(byte[] bytes, Runnable drained) {
        byte[] copy = bytes.clone();
        Terminal tty = terminal;
        if (tty != null) {
            machine.post(() -> typed(tty, copy, drained));
            return false;
        }
        return input.offer(copy, drained);
    }

    private void typed(Terminal tty, byte[] keys, Runnable drained) {
        if (tty.type(keys)) {
            drained.run();
        } else {
            held.add(drained);
        }
    }

    public void closeInput() {
        input.end();
    }

    /** The sinks that refused can take more. */
    public void resume() {
        stdout.resume();
        stderr.resume();
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }

    public void signal(int signal) {
        machine.post(() -> task.signal(signal));
    }

    public void resize(int columns, int rows) {
        Terminal tty = terminal;
        if (tty != null) {
            machine.post(() -> tty.resize(columns, rows));
        }
    }

    /** Completes with the exit code (128 + signal if killed), after everything was printed. */
    public CompletionStage<Integer> exit() {
        return exit.minimalCompletionStage();
    }
}
