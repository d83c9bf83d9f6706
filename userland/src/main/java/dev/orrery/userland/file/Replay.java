package dev.orrery.userland.file;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Makes a volume again from what a {@link Recorder} wrote. A record that was torn when the writer
 * died, and whatever follows it, counts as never written.
 */
public final class Replay {
    private static final int HEAD_BYTES = 8;
    private static final int LARGEST_RECORD = 1 << 20;

    private final Volume volume;
    private final Map<Long, Node> nodes = new HashMap<>();
    private long highest;

    private Replay(Volume volume) {
        this.volume = volume;
        nodes.put(volume.root().number(), volume.root());
    }

    /**
     * Fills a new volume.
     *
     * @return how many bytes of the tape are whole records
     */
    public static long into(Volume volume, DataInputStream tape) throws IOException {
        Replay replay = new Replay(volume);
        replay.highest = volume.nextNumber();
        long whole = 0;
        for (byte[] body = next(tape); body != null; body = next(tape)) {
            replay.apply(new DataInputStream(new ByteArrayInputStream(body)));
            whole += HEAD_BYTES + body.length;
        }
        volume.nextNumberIs(replay.highest + 1);
        return whole;
    }

    private static byte @Nullable [] next(DataInputStream tape) throws IOException {
        byte[] head = tape.readNBytes(HEAD_BYTES);
        if (head.length < HEAD_BYTES) {
            return null;
        }
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(head));
        int length = fields.readInt();
        int expected = fields.readInt();
        if (length <= 0 || length > LARGEST_RECORD) {
            return null;
        }
        byte[] body = tape.readNBytes(length);
        CRC32 sum = new CRC32();
        sum.update(body);
        return body.length == length && (int) sum.getValue() == expected ? body : null;
    }

    private void apply(DataInputStream record) throws IOException {
        switch (Recorder.Kind.of(record.readByte())) {
            case CHANGED -> {
                Described described = described(record);
                Node node = nodes.get(described.number());
                if (node != null) {
                    described.give(node);
                }
            }
            case ENTERED -> enter(record);
            case LEFT -> {
                Node from = nodes.get(record.readLong());
                String name = text(record);
                if (from instanceof Directory directory) {
                    directory.remove(name);
                    directory.modified(time(record));
                }
            }
            case WROTE -> {
                Node file = nodes.get(record.readLong());
                long position = record.readLong();
                byte[] bytes = record.readNBytes(record.readInt());
                write(file, position, bytes, time(record));
            }
            case ZEROED -> {
                Node file = nodes.get(record.readLong());
                long position = record.readLong();
                byte[] zeros = new byte[(int) record.readLong()];
                write(file, position, zeros, time(record));
            }
            case RESIZED -> {
                Node file = nodes.get(record.readLong());
                long length = record.readLong();
                if (file instanceof RegularFile regular) {
                    regular.truncate(length);
                    regular.modified(time(record));
                }
            }
        }
    }

    private static void write(@Nullable Node node, long position, byte[] bytes, Instant time) {
        if (node instanceof RegularFile file) {
            file.write(position, bytes, 0, bytes.length);
            file.modified(time);
        }
    }

    private void enter(DataInputStream record) throws IOException {
        Node in = nodes.get(record.readLong());
        String name = text(record);
        Described described = described(record);
        String text = text(record);
        Instant time = time(record);
        if (in instanceof Directory directory) {
            Node node =
                    nodes.computeIfAbsent(described.number(), _ -> described.made(volume, text));
            highest = Math.max(highest, described.number());
            directory.put(name, node);
            directory.modified(time);
        }
    }

    private static String text(DataInputStream record) throws IOException {
        return new String(record.readNBytes(record.readInt()), StandardCharsets.UTF_8);
    }

    private static Instant time(DataInputStream record) throws IOException {
        return Instant.ofEpochSecond(record.readLong(), record.readInt());
    }

    private static Described described(DataInputStream record) throws IOException {
        return new Described(
                record.readLong(),
                (char) record.readByte(),
                record.readInt(),
                record.readInt(),
                record.readInt(),
                time(record));
    }

    private record Described(
            long number, char letter, int mode, int uid, int gid, Instant modified) {

        Node made(Volume volume, String text) {
            User owner = new User(uid, gid, Set.of());
            volume.nextNumberIs(number);
            Node node =
                    switch (letter) {
                        case 'd' -> new Directory(volume, mode, owner);
                        case 'l' -> new Symlink(volume, text, owner);
                        case 'c' -> new Device(volume, Device.Kind.valueOf(text));
                        default -> new RegularFile(volume, mode, owner, null);
                    };
            give(node);
            return node;
        }

        void give(Node node) {
            node.mode(mode);
            node.owner(uid, gid);
            node.modified(modified);
        }
    }
}
