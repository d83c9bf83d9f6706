package dev.orrery.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands as a user's shell does.
 *
 * @param folder the working directory
 * @param environment added to this process's own
 */
public record Shell(Path folder, Map<String, String> environment) {

    /** Longer than anything that a test waits for in one command. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    public Shell {
        environment = Map.copyOf(environment);
    }

    public Output run(String command) {
        return run(List.of("sh", "-c", command));
    }

    /** What the command printed, both streams as one, as on a terminal. */
    public Output run(List<String> command) {
        try {
            Path output = Files.createTempFile("orrery", ".out");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Output(ended ? process.exitValue() : -1, text);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    /** As {@link #run}, and the command must succeed. */
    public String must(String command) {
        Output output = run(command);
        if (output.exit() != 0) {
            throw new AssertionError(
                    "`%s` ended with %d:%n%s".formatted(command, output.exit(), output.text()));
        }
        return output.text();
    }

    /**
     * What a command left.
     *
     * @param exit its code; -1 if it did not end in time
     */
    public record Output(int exit, String text) {}
}
