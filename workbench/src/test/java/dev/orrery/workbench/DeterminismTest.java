package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeterminismTest {

    private static final long SEED = 42;

    @Test
    void theSameSeedGivesTheSameHistory() {
        String one = HistoryDigest.of(SEED);

        assertThat(HistoryDigest.of(SEED)).isEqualTo(one);
        assertThat(HistoryDigest.of(SEED + 1)).isNotEqualTo(one);
    }

    /** Sets and maps without an order iterate otherwise there: nothing may depend on it. */
    @Test
    void theSameSeedGivesTheSameHistoryInAnotherJvm() throws Exception {
        assertThat(inAnotherJvm()).isEqualTo(HistoryDigest.of(SEED));
    }

    private static String inAnotherJvm() throws IOException, InterruptedException {
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HistoryDigest.class.getName(),
                                Long.toString(SEED))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var output = other.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            other.waitFor();
        }
    }
}
