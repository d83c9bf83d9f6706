package dev.orrery.apiserver.store;

import dev.orrery.apiserver.store.SnapshotFormat.Part;
import dev.orrery.machinery.log.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots a log holds, learnt record by record. A snapshot counts if all its chunks and
 * then its marker were read, and no newer one did before. The two newest are remembered: what lies
 * before the older one is of no use to anybody, and the registry's records before it neither.
 * Whoever reads the same log comes to the same two.
 */
final class SnapshotCatalog {

    private final boolean keepsObjects;
    private final Map<String, Open> open = new HashMap<>();

    private @Nullable Complete newest;
    private @Nullable Complete older;

    /**
     * @param keepsObjects whether the newest snapshot is to be read, or only known of
     */
    SnapshotCatalog(boolean keepsObjects) {
        this.keepsObjects = keepsObjects;
    }

    void read(LogRecord record) {
        switch (SnapshotFormat.parse(record)) {
            case Part.Chunk chunk -> {
                byte[] kept = keepsObjects ? chunk.objects() : new byte[0];
                open.computeIfAbsent(chunk.name(), name -> new Open(record.offset()))
                        .chunks
                        .put(chunk.index(), kept);
            }
            case Part.Marker marker -> complete(marker);
        }
    }

    Optional<Complete> newest() {
        return Optional.ofNullable(newest);
    }

    Optional<Complete> older() {
        return Optional.ofNullable(older);
    }

    private void complete(Part.Marker marker) {
        Open parts = open.get(marker.name());
        boolean isNewer = newest == null || marker.resourceVersion() > newest.resourceVersion;
        if (parts == null || parts.chunks.size() != marker.chunks() || !isNewer) {
            return;
        }
        open.remove(marker.name());
        older = newest == null ? null : newest.withoutObjects();
        newest =
                new Complete(
                        marker.resourceVersion(),
                        parts.firstOffset,
                        List.copyOf(parts.chunks.values()));
    }

    /**
     * A snapshot that can be read whole.
     *
     * @param firstOffset of its first chunk
     */
    record Complete(long resourceVersion, long firstOffset, List<byte[]> chunks) {

        ClusterState state() {
            return SnapshotFormat.decode(resourceVersion, chunks);
        }

        private Complete withoutObjects() {
            return new Complete(resourceVersion, firstOffset, List.of());
        }
    }

    private static final class Open {

        private final long firstOffset;
        private final TreeMap<Integer, byte[]> chunks = new TreeMap<>();

        private Open(long firstOffset) {
            this.firstOffset = firstOffset;
        }
    }
}
