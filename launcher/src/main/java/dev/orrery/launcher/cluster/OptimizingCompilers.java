package dev.orrery.launcher.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets the JVMs' optimizing compilers (C2) stand back while services start. What they compile pays
 * off later, but on two cores it takes a third of the time until the nodes are ready.
 *
 * <p>Only on Linux, where each thread has a nice value, and with {@code renice}; elsewhere nothing
 * is done. Taking the value back needs the right to do so; without it the compilers stay polite,
 * which is noticed only while every core is busy.
 */
public final class OptimizingCompilers {

    private static final String THREAD = "C2 CompilerThre";
    private static final int POLITE = 10;

    private final Set<ProcessHandle> polite = new HashSet<>();

    /** Makes the compiler of a process polite, once; called again while it may have none yet. */
    public void standBack(ProcessHandle process) {
        if (!polite.contains(process)) {
            List<String> threads = threads(process);
            if (!threads.isEmpty()) {
                polite.add(process);
                renice(POLITE, threads);
            }
        }
    }

    /** Gives all compilers their usual place. */
    public void comeForward() {
        List<String> threads = new ArrayList<>();
        polite.forEach(process -> threads.addAll(threads(process)));
        polite.clear();
        if (!threads.isEmpty()) {
            renice(0, threads);
        }
    }

    private static List<String> threads(ProcessHandle process) {
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(tasks)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(tasks)) {
            return all.filter(OptimizingCompilers::isCompiler)
                    .map(task -> task.getFileName().toString())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean isCompiler(Path task) {
        try {
            return Files.readString(task.resolve("comm")).startsWith(THREAD);
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    private static void renice(int value, List<String> threads) {
        List<String> command = new ArrayList<>(List.of("renice", "-n", Integer.toString(value)));
        command.add("-p");
        command.addAll(threads);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // A machine without renice starts a little slower, and that is all.
        }
    }
}
