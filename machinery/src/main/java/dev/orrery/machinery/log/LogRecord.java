package dev.orrery.machinery.log;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One entry at its place in the log.
 *
 * <p>The rule of the log: a record takes effect if and only if its {@code prev} equals the
 * resourceVersion that its key holds at that point (0: the key holds nothing). Everyone who reads
 * the log applies it, so everyone holds the same state at the same offset.
 */
public record LogRecord(long offset, Entry entry) {

    public LogRecord {
        requireNonNull(entry);
        if (offset < 0) {
            throw new IllegalArgumentException("an offset is not negative");
        }
    }

    public ObjectKey key() {
        return entry.key();
    }

    /** The object's JSON, or null where the record deletes it. */
    public byte @Nullable [] value() {
        return entry.value();
    }

    public WriteHeader header() {
        return entry.header();
    }

    /** The version that this record gives its object: offset + 1. */
    public long resourceVersion() {
        return offset + 1;
    }

    /** The rule, given the version that the key holds before this record; 0 for none. */
    public boolean takesEffect(long held) {
        return header().prev() == held;
    }
}
