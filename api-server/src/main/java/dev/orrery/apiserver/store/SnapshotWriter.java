package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.time.Clock;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;

/**
 * Writes a state into a log of snapshots, a chunk at a time: the next one when the log has the last
 * one, so that only one is ever held twice. The work is done on the log's threads.
 */
final class SnapshotWriter {

    private final ClusterLog log;
    private final Clock clock;
    private final int chunkBytes;

    SnapshotWriter(ClusterLog log, Clock clock, int chunkBytes) {
        this.log = log;
        this.clock = clock;
        this.chunkBytes = chunkBytes;
    }

    /** Done when the snapshot is complete. If it fails, what was written counts for nothing. */
    CompletionStage<Long> write(ClusterState state) {
        Iterator<Stored> objects =
                state.resources().stream()
                        .flatMap(resource -> state.list(resource).stream())
                        .iterator();
        return append(state.resourceVersion(), objects, 0);
    }

    private CompletionStage<Long> append(long version, Iterator<Stored> objects, int index) {
        String name = SnapshotFormat.name(version, chunkBytes);
        byte[] chunk = SnapshotFormat.encode(objects, chunkBytes);
        if (chunk.length == 0 && index > 0) {
            return log.append(SnapshotFormat.marker(name, version, index, clock.instant()));
        }
        return log.append(SnapshotFormat.chunk(name, index, chunk, clock.instant()))
                .thenCompose(offset -> append(version, objects, index + 1));
    }
}
