package dev.orrery.kubelet.process;

import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.machinery.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes a process's lines into its log, each when it is due. For any thread. */
final class Speech {

    private final Clock clock;
    private final Instant startedAt;
    private final ContainerLog log;
    private final Deque<SimpleOutput.Line> lines;
    private boolean over;

    /**
     * @param lines in the order of their times
     */
    Speech(Clock clock, Instant startedAt, ContainerLog log, List<SimpleOutput.Line> lines) {
        this.clock = clock;
        this.startedAt = startedAt;
        this.log = log;
        this.lines = new ArrayDeque<>(lines);
    }

    /** Says what is due, and goes on by itself. */
    synchronized void begin() {
        if (over) {
            return;
        }
        sayWhatIsDue();
        if (!lines.isEmpty()) {
            Duration wait = Duration.between(clock.instant(), due(lines.getFirst()));
            clock.schedule(wait, this::begin);
        }
    }

    /** The process has ended. */
    synchronized void end() {
        sayWhatIsDue();
        over = true;
        log.end(clock.instant());
    }

    private void sayWhatIsDue() {
        Instant now = clock.instant();
        while (!lines.isEmpty() && !due(lines.getFirst()).isAfter(now)) {
            SimpleOutput.Line line = lines.remove();
            byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
            log.write(due(line), ContainerLog.Source.OUT, text);
        }
    }

    private Instant due(SimpleOutput.Line line) {
        return startedAt.plus(line.after());
    }
}
