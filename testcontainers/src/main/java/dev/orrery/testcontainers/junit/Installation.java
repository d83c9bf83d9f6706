package dev.orrery.testcontainers.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Orrery on this machine.
 *
 * @param home the folder of its script
 */
record Installation(Path home) {

    /** The first start builds what is not built. */
    private static final long PATIENCE_MINUTES = 20;

    static Installation find() {
        String home = System.getProperty("orrery.home", System.getenv("ORRERY_HOME"));
        if (home == null) {
            throw new IllegalStateException(
                    "where Orrery is must be said by the system property orrery.home or the"
                            + " environment variable ORRERY_HOME");
        }
        Path folder = Path.of(home).toAbsolutePath();
        if (!Files.isExecutable(folder.resolve("orrery"))) {
            throw new IllegalStateException("there is no orrery script in " + folder);
        }
        return new Installation(folder);
    }

    /** Runs a command on the cluster in a folder; it must succeed. What it printed. */
    String run(Path data, List<String> command) {
        List<String> words = new ArrayList<>();
        words.add(home.resolve("orrery").toString());
        words.addAll(command);
        words.addAll(List.of("--data", data.toString()));
        try {
            Path output = Files.createTempFile("orrery", ".out");
            Process process =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "`orrery %s` failed:%n%s".formatted(String.join(" ", command), text));
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + words, e);
        }
    }
}
