package dev.orrery.launcher.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts and ends the processes of one cluster. */
public final class Processes {

    /** What a service gets to end by itself: closing its watches, leaving the log whole. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** A larger output file is put aside before the service starts again. */
    private static final long MAX_OUTPUT_BYTES = 16L * 1024 * 1024;

    private final Cluster cluster;
    private final Commands commands;

    public Processes(Cluster cluster, Commands commands) {
        this.cluster = cluster;
        this.commands = commands;
    }

    /** Starts one service, which goes on when this process and its terminal end. */
    public Running start(Service service) throws IOException {
        Path output = cluster.output(service);
        Files.createDirectories(output.toAbsolutePath().getParent());
        putAside(output);
        ProcessBuilder builder = new ProcessBuilder(withoutHangUp(commands.of(service)));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // glibc's default of an arena per core and thread only spreads native memory.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return Running.remember(cluster, service, builder.start().toHandle());
    }

    public List<Running> running() throws IOException {
        List<Running> running = new ArrayList<>();
        for (Service service : cluster.services()) {
            Running.find(cluster, service).ifPresent(running::add);
        }
        return running;
    }

    public Optional<Running> find(Service service) throws IOException {
        return Running.find(cluster, service);
    }

    /** Whether the service was ended on purpose: its process file is gone. */
    public boolean wasForgotten(Service service) {
        return !Files.exists(cluster.processFile(service));
    }

    /** Ends what runs: the broker last, and by force what does not end in time. */
    public void stopAll() throws IOException {
        stopAll(GRACE);
    }

    /** As {@link #stopAll()}, with more patience. */
    public void stopAll(Duration grace) throws IOException {
        List<Running> services = new ArrayList<>(running());
        services.removeIf(running -> running.service() == Service.BROKER);
        services.reversed().forEach(running -> running.process().destroy());
        services.forEach(running -> await(running, grace));
        find(Service.BROKER)
                .ifPresent(broker -> {
                    broker.process().destroy();
                    await(broker, grace);
                });
        forgetAll();
    }

    /** {@code kill -9}: the process gets no chance to do anything. */
    public void kill(Running running) throws IOException {
        Running.forget(cluster, running.service());
        running.process().destroyForcibly();
        await(running, GRACE);
    }

    private void forgetAll() {
        Arrays.stream(Service.values())
                .forEach(service -> {
                    try {
                        Running.forget(cluster, service);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void await(Running running, Duration grace) {
        ProcessHandle process = running.process();
        try {
            process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> withoutHangUp(List<String> command) {
        List<String> words = new ArrayList<>();
        words.add("nohup");
        words.addAll(command);
        return words;
    }

    private static void putAside(Path output) throws IOException {
        if (Files.exists(output) && Files.size(output) > MAX_OUTPUT_BYTES) {
            Files.move(
                    output,
                    output.resolveSibling(output.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
