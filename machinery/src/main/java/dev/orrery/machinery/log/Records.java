package dev.orrery.machinery.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The records of a log in memory, and the tails that follow them. Used from any thread: what is
 * kept is guarded by this object, and tails are woken without it.
 */
final class Records {

    private final List<LogRecord> kept = new ArrayList<>();
    private final List<MemoryTail> tails = new CopyOnWriteArrayList<>();

    /** Invariant: {@code kept.get(i).offset() == start + i}. */
    private long start;

    private boolean away;

    long append(Entry entry) {
        long offset;
        synchronized (this) {
            offset = start + kept.size();
            kept.add(new LogRecord(offset, entry));
        }
        tails.forEach(MemoryTail::wake);
        return offset;
    }

    void follow(MemoryTail tail) {
        tails.add(tail);
        tail.wake();
    }

    void leave(MemoryTail tail) {
        tails.remove(tail);
    }

    synchronized long start() {
        return start;
    }

    synchronized long end() {
        return start + kept.size();
    }

    synchronized boolean isAway() {
        return away;
    }

    void setAway(boolean away) {
        synchronized (this) {
            this.away = away;
        }
        tails.forEach(MemoryTail::wake);
    }

    /** Whether a tail that stands at an offset has something to hear. */
    synchronized boolean hasNews(long offset) {
        return !away && (offset < start || offset < start + kept.size());
    }

    /** Up to so many records from an offset on; none where that is before the start. */
    synchronized List<LogRecord> from(long offset, int most) {
        int first = Math.toIntExact(offset - start);
        if (first < 0 || first >= kept.size()) {
            return List.of();
        }
        int end = most > kept.size() - first ? kept.size() : first + most;
        return List.copyOf(kept.subList(first, end));
    }

    void trim(long beforeOffset) {
        synchronized (this) {
            long end = Math.min(beforeOffset, start + kept.size());
            if (end <= start) {
                return;
            }
            kept.subList(0, Math.toIntExact(end - start)).clear();
            start = end;
        }
        tails.forEach(MemoryTail::wake);
    }
}
