package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.Entry;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * How a snapshot lies in its log: chunks of objects, numbered from 0, and a marker with their count
 * behind them. All carry the snapshot's name as key. The name is made of what decides the content,
 * so two replicas that write the same snapshot write the same chunks, in whatever order they mix.
 */
final class SnapshotFormat {

    private static final GroupResource SNAPSHOTS = new GroupResource("orrery.dev", "snapshots");
    private static final String ACTOR = "system:apiserver";
    private static final String MARKER = "complete";

    private SnapshotFormat() {}

    static String name(long resourceVersion, int chunkBytes) {
        return resourceVersion + "-" + chunkBytes;
    }

    static Entry chunk(String name, int index, byte[] objects, Instant time) {
        return entry(name, Integer.toString(index), objects, time);
    }

    static Entry marker(String name, long resourceVersion, int chunks, Instant time) {
        byte[] value =
                bytes(out -> {
                    out.writeLong(resourceVersion);
                    out.writeInt(chunks);
                });
        return entry(name, MARKER, value, time);
    }

    /** Takes objects until the chunk is full; empty if there are none left. */
    static byte[] encode(Iterator<Stored> objects, int chunkBytes) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(chunk)) {
            while (objects.hasNext() && chunk.size() < chunkBytes) {
                Stored object = objects.next();
                out.writeUTF(object.key().logKey());
                out.writeLong(object.resourceVersion());
                out.writeInt(object.value().length);
                out.write(object.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return chunk.toByteArray();
    }

    static ClusterState decode(long resourceVersion, List<byte[]> chunks) {
        ClusterState state = ClusterState.EMPTY;
        for (byte[] chunk : chunks) {
            state = decode(chunk, state);
        }
        return state.at(resourceVersion);
    }

    /** The parts of a snapshot's record. */
    static Part parse(LogRecord record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        String part = record.header().id();
        part = part.substring(part.lastIndexOf('/') + 1);
        if (!part.equals(MARKER)) {
            return new Part.Chunk(record.key().name(), Integer.parseInt(part), value);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            return new Part.Marker(record.key().name(), in.readLong(), in.readInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClusterState decode(byte[] chunk, ClusterState before) {
        ClusterState state = before;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(chunk))) {
            while (in.available() > 0) {
                ObjectKey key = ObjectKey.parse(in.readUTF());
                long resourceVersion = in.readLong();
                state = state.with(new Stored(key, resourceVersion, in.readNBytes(in.readInt())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }

    private static Entry entry(String name, String part, byte[] value, Instant time) {
        WriteHeader header = new WriteHeader(0, name + "/" + part, ACTOR, List.of(), 0, "", time);
        return new Entry(new ObjectKey(SNAPSHOTS, "", name), value, header);
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    /** One record of a snapshot. */
    sealed interface Part {

        String name();

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Chunk(String name, int index, byte[] objects) implements Part {}

        record Marker(String name, long resourceVersion, int chunks) implements Part {}
    }
}
