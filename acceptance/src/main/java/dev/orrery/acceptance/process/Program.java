package dev.orrery.acceptance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of a cluster: started, killed, started again with the same settings. */
public final class Program implements AutoCloseable {

    private static final long GRACE_SECONDS = 15;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path output;
    private @Nullable Process process;

    Program(String name, List<String> command, Map<String, String> environment, Path output) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.output = output;
    }

    public String name() {
        return name;
    }

    /** Returns at once. */
    public Program start() {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.environment().keySet().removeIf(key -> key.startsWith("ORRERY_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + name, e);
        }
        return this;
    }

    /** As {@code kill -9}. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            await(process);
        }
    }

    /** Asks it to end, and waits until it has. */
    public void stop() {
        if (process != null) {
            process.destroy();
            await(process);
        }
    }

    /** Lets it stand still, as a process does whose machine has no time for it. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** What it printed. */
    public String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new IllegalStateException("no output of " + name, e);
        }
    }

    private void signal(String signal) {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("no kill command", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            resume();
        }
        kill();
    }
}
