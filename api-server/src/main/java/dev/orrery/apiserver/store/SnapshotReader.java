package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.LogRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads a log of snapshots from its start to what is its end now. */
final class SnapshotReader {

    private final ClusterLog log;

    SnapshotReader(ClusterLog log) {
        this.log = log;
    }

    /**
     * @param keepsObjects whether the newest snapshot is to be read, or only known of
     */
    CompletionStage<SnapshotCatalog> read(boolean keepsObjects) {
        return log.startOffset()
                .thenCombine(log.endOffset(), Range::new)
                .thenCompose(range -> read(range, new SnapshotCatalog(keepsObjects)));
    }

    private CompletionStage<SnapshotCatalog> read(Range range, SnapshotCatalog catalog) {
        if (range.start >= range.end) {
            return CompletableFuture.completedFuture(catalog);
        }
        Scan scan = new Scan(range.end, catalog);
        ClusterLog.Tail tail = log.tail(range.start, scan);
        return scan.done.whenComplete((read, failure) -> tail.close());
    }

    private record Range(long start, long end) {}

    /** Ends as a failure where the log is trimmed meanwhile; the caller tries again. */
    private static final class Scan implements ClusterLog.Reader {

        private final long end;
        private final SnapshotCatalog catalog;
        private final CompletableFuture<SnapshotCatalog> done = new CompletableFuture<>();

        private Scan(long end, SnapshotCatalog catalog) {
            this.end = end;
            this.catalog = catalog;
        }

        @Override
        public void read(List<LogRecord> records) {
            for (LogRecord record : records) {
                if (record.offset() < end) {
                    catalog.read(record);
                }
            }
            if (records.getLast().offset() >= end - 1) {
                done.complete(catalog);
            }
        }

        @Override
        public void trimmed(long startOffset) {
            done.completeExceptionally(
                    new SnapshotTrimmedException("a snapshot was trimmed while it was read"));
        }
    }

    /** Another replica has made a newer snapshot meanwhile: read again. */
    static final class SnapshotTrimmedException extends RuntimeException {
        SnapshotTrimmedException(String message) {
            super(message);
        }
    }
}
