package dev.orrery.kubelet.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log at its own pace: what it has not taken is not kept for it. One thread at a time
 * polls; the task that is told of more runs on the writer's thread.
 */
public final class LogReader implements AutoCloseable {

    private static final int MOST_LINES = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'")
                    .withZone(ZoneOffset.UTC);

    private final ContainerLog log;
    private final LogQuery query;
    private final Runnable more;
    private long next;
    private long left;

    /**
     * @param more told each time there may be more to take
     */
    public LogReader(ContainerLog log, LogQuery query, Runnable more) {
        this.log = log;
        this.query = query;
        this.more = more;
        this.next = log.lastLines(query.tailLines());
        this.left = query.limitBytes();
        if (query.follow()) {
            log.listen(more);
        }
    }

    /**
     * The next bytes; empty if there are none yet.
     *
     * @return null after the last
     */
    public byte @Nullable [] poll() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (left > 0) {
            ContainerLog.Part part = log.from(next, MOST_LINES);
            next = part.next();
            part.lines().forEach(line -> take(line, bytes));
            boolean over = part.last() || (!query.follow() && part.lines().isEmpty());
            if (bytes.size() > 0 || (part.lines().isEmpty() && !over)) {
                return bytes.toByteArray();
            }
            if (over) {
                return null;
            }
        }
        return null;
    }

    private void take(ContainerLog.Line line, ByteArrayOutputStream bytes) {
        if (line.time().isBefore(query.since())) {
            return;
        }
        if (query.timestamps()) {
            append((time(line.time()) + " ").getBytes(StandardCharsets.UTF_8), bytes);
        }
        append(line.bytes(), bytes);
    }

    private void append(byte[] some, ByteArrayOutputStream bytes) {
        int length = (int) Math.min(some.length, left);
        bytes.write(some, 0, length);
        left -= length;
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    @Override
    public void close() {
        log.leave(more);
    }
}
