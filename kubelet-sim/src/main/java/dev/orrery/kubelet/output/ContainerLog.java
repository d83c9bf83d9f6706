package dev.orrery.kubelet.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one run of a container wrote, line by line; of a long output the newest part is kept. A line
 * shows once it is whole, as a container runtime's log has it. The process writes, any number of
 * readers read, on any threads.
 */
public final class ContainerLog {

    /** Enough for a night of a demonstration, and 20,000 chatty containers still fit a machine. */
    private static final int LIMIT_BYTES = 256 << 10;

    /** A longer line is cut into parts of this size, as containerd does it. */
    private static final int LONGEST_LINE = 16 << 10;

    /** Which of a process's two outputs. */
    public enum Source {
        OUT,
        ERR
    }

    /**
     * One line with its end, or a part of one.
     *
     * @param time when it was whole
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares lines
    record Line(Instant time, byte[] bytes) {}

    private final Deque<Line> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream(0);
    private final Set<Runnable> readers = new LinkedHashSet<>();
    private long first;
    private long size;
    private boolean ended;

    /** What it keeps. */
    public synchronized long writtenBytes() {
        return size;
    }

    public void write(Instant time, Source source, byte[] bytes) {
        synchronized (this) {
            ByteArrayOutputStream line = source == Source.OUT ? out : err;
            for (byte b : bytes) {
                line.write(b);
                if (b == '\n' || line.size() == LONGEST_LINE) {
                    add(time, line);
                }
            }
        }
        tellReaders();
    }

    /** Nothing more will be written. */
    public void end(Instant time) {
        synchronized (this) {
            for (ByteArrayOutputStream line : List.of(out, err)) {
                if (line.size() > 0) {
                    add(time, line);
                }
            }
            ended = true;
        }
        tellReaders();
    }

    /** The last lines, at most so many of them and so many bytes. */
    public synchronized String end(int mostLines, int mostBytes) {
        Deque<byte[]> last = new ArrayDeque<>();
        int bytes = 0;
        for (Iterator<Line> each = lines.descendingIterator(); each.hasNext(); ) {
            byte[] line = each.next().bytes();
            if (last.size() == mostLines || bytes + line.length > mostBytes) {
                break;
            }
            last.push(line);
            bytes += line.length;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        last.forEach(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    private void add(Instant time, ByteArrayOutputStream line) {
        lines.add(new Line(time, line.toByteArray()));
        size += line.size();
        line.reset();
        while (size > LIMIT_BYTES) {
            size -= lines.remove().bytes().length;
            first++;
        }
    }

    private void tellReaders() {
        List<Runnable> all;
        synchronized (this) {
            all = List.copyOf(readers);
        }
        all.forEach(Runnable::run);
    }

    /** Runs a task each time there is more; the task is short and does not wait. */
    synchronized void listen(Runnable reader) {
        readers.add(reader);
    }

    synchronized void leave(Runnable reader) {
        readers.remove(reader);
    }

    /**
     * The lines from a number on, at most some of them; lines that are no longer kept are passed
     * over.
     */
    synchronized Part from(long number, int most) {
        long begin = Math.max(number, first);
        List<Line> part = lines.stream().skip(begin - first).limit(most).toList();
        long next = begin + part.size();
        return new Part(part, next, ended && next == first + lines.size());
    }

    /** The number of the line that begins the last so many. */
    synchronized long lastLines(long count) {
        return Math.max(first, first + lines.size() - Math.min(count, lines.size()));
    }

    /**
     * @param next number of the line after these
     * @param last nothing will ever follow
     */
    record Part(List<Line> lines, long next, boolean last) {}
}
