package dev.orrery.machinery.log;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One partition of totally ordered records; the only source of truth. Used from any thread.
 *
 * <p>Two forms: Kafka, and in memory. One suite of tests runs against both.
 */
public interface ClusterLog extends AutoCloseable {

    /**
     * Appends one entry.
     *
     * @return its offset, when the log has made it durable. Fails with {@link
     *     LogUnavailableException}, whose {@code mayHaveHappened} tells whether the entry can still
     *     turn up.
     */
    CompletionStage<Long> append(Entry entry);

    /**
     * Delivers every record from an offset on, in order, without gaps, to one reader, until the
     * tail is closed. The log being away is no end: delivery goes on when it is back.
     *
     * @param fromOffset the first offset to deliver
     */
    Tail tail(long fromOffset, Reader reader);

    /** The offset that the next record will get, as of a moment after this call. */
    CompletionStage<Long> endOffset();

    /** The offset of the oldest record still kept. */
    CompletionStage<Long> startOffset();

    /**
     * Lets go of every record before an offset, for all readers: only where a snapshot that they
     * can start from holds them.
     */
    CompletionStage<Void> trim(long beforeOffset);

    @Override
    void close();

    /** Receives records, on one thread at a time. */
    interface Reader {

        /** At least one record, in order. */
        void read(List<LogRecord> records);

        /**
         * The log no longer holds what should come next: records before {@code startOffset} were
         * trimmed. Nothing more is delivered; the reader starts again from a snapshot.
         */
        void trimmed(long startOffset);
    }

    /** A running delivery. */
    interface Tail extends AutoCloseable {

        /** No record is delivered after this returns, unless called by the reader itself. */
        @Override
        void close();
    }
}
