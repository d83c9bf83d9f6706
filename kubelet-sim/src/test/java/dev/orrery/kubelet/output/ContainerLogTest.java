package dev.orrery.kubelet.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_logs/
 *
 * <p>https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
class ContainerLogTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.5Z");

    private final ContainerLog log = new ContainerLog();

    @Test
    void showsALineOnceItIsWhole() {
        write(0, "one\ntw");
        assertThat(read(LogQuery.WHOLE)).isEqualTo("one\n");
        write(1, "o\n");
        assertThat(read(LogQuery.WHOLE)).isEqualTo("one\ntwo\n");
    }

    @Test
    void showsWhatHasNoEndOfLineWhenTheProcessHasEnded() {
        write(0, "bye");
        log.end(NOON);
        assertThat(read(LogQuery.WHOLE)).isEqualTo("bye");
    }

    @Test
    void givesTheLastLinesFromATimeOnWithTheirTimes() {
        write(0, "one\n");
        write(1, "two\n");
        write(2, "three\n");
        assertThat(read(new LogQuery(false, false, 2, Instant.EPOCH, LogQuery.ALL)))
                .isEqualTo("two\nthree\n");
        assertThat(read(new LogQuery(false, true, LogQuery.ALL, NOON.plusSeconds(2), LogQuery.ALL)))
                .isEqualTo("2026-01-01T12:00:02.500000000Z three\n");
        assertThat(read(new LogQuery(false, false, LogQuery.ALL, Instant.EPOCH, 5)))
                .isEqualTo("one\nt");
    }

    @Test
    void keepsTheNewestPartOfALongOutput() {
        String line = "x".repeat(1023) + "\n";
        for (int i = 0; i < 300; i++) {
            write(0, line);
        }
        write(1, "last\n");
        assertThat(read(LogQuery.WHOLE)).hasSizeBetween(250_000, 256 << 10).endsWith("last\n");
    }

    @Test
    void followsUntilTheEnd() {
        write(0, "one\n");
        int[] told = {0};
        LogQuery follow = new LogQuery(true, false, LogQuery.ALL, Instant.EPOCH, LogQuery.ALL);
        try (LogReader reader = new LogReader(log, follow, () -> told[0]++)) {
            assertThat(reader.poll()).isEqualTo(bytes("one\n"));
            assertThat(reader.poll()).isEmpty();
            write(1, "two\n");
            assertThat(told[0]).isEqualTo(1);
            assertThat(reader.poll()).isEqualTo(bytes("two\n"));
            log.end(NOON);
            assertThat(reader.poll()).isNull();
        }
    }

    private void write(int second, String text) {
        log.write(NOON.plusSeconds(second), ContainerLog.Source.OUT, bytes(text));
    }

    private String read(LogQuery query) {
        StringBuilder text = new StringBuilder();
        try (LogReader reader = new LogReader(log, query, () -> {})) {
            for (byte[] part = reader.poll(); part != null; part = reader.poll()) {
                text.append(new String(part, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
