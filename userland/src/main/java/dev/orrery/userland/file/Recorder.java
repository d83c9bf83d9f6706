package dev.orrery.userland.file;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Writes every change of a volume to a tape, so that the same volume can be made again by {@link
 * Replay}. When the tape has become much longer than what the volume holds it is written anew. In
 * the volume's lock.
 */
public final class Recorder implements Journal {
    /** Below it a tape is not worth writing anew. */
    private static final long LEAST_REWRITE_BYTES = 1 << 20;

    /** Pieces of this size keep a record's copy small. */
    private static final int LARGEST_PIECE = Content.PIECE;

    private final Volume volume;
    private final Tape tape;
    private long wholeBytes;
    private long writtenBytes;

    /** Where records go. What fails there is an {@link Errno#EIO} of whoever writes. */
    public interface Tape {
        void append(byte[] records);

        /** Begins a new tape beside the old one; {@link #append} goes there from now on. */
        void beginAnew();

        /** The new tape takes the place of the old one. */
        void endAnew();
    }

    private Recorder(Volume volume, Tape tape, long tapeBytes) {
        this.volume = volume;
        this.tape = tape;
        this.wholeBytes = tapeBytes;
        this.writtenBytes = tapeBytes;
    }

    /**
     * From now on the volume's changes are recorded.
     *
     * @param tapeBytes that the tape has already; 0 for a new one
     */
    public static void attach(Volume volume, Tape tape, long tapeBytes) {
        synchronized (volume) {
            volume.journal(new Recorder(volume, tape, tapeBytes));
        }
    }

    @Override
    public void changed(Node node) {
        append(new Entry(Kind.CHANGED).node(node));
    }

    @Override
    public void entered(Directory in, String name, Node node) {
        append(entry(in, name, node));
    }

    private static Entry entry(Directory in, String name, Node node) {
        Entry entry = new Entry(Kind.ENTERED).number(in.number()).text(name).node(node);
        entry.text(
                switch (node) {
                    case Symlink link -> link.target();
                    case Device device -> device.kind().name();
                    case Directory _, RegularFile _, Generated _ -> "";
                });
        return entry;
    }

    @Override
    public void left(Directory from, String name) {
        append(new Entry(Kind.LEFT).number(from.number()).text(name));
    }

    @Override
    public void wrote(RegularFile file, long position, byte[] from, int offset, int count) {
        if (Content.isZero(from, offset, count)) {
            append(new Entry(Kind.ZEROED).number(file.number()).number(position).number(count));
            return;
        }
        for (int done = 0; done < count; done += LARGEST_PIECE) {
            int length = Math.min(LARGEST_PIECE, count - done);
            append(piece(file, position + done, from, offset + done, length));
        }
    }

    private static Entry piece(
            RegularFile file, long position, byte[] from, int offset, int count) {
        return new Entry(Kind.WROTE)
                .number(file.number())
                .number(position)
                .bytes(from, offset, count);
    }

    @Override
    public void resized(RegularFile file, long length) {
        append(new Entry(Kind.RESIZED).number(file.number()).number(length));
    }

    private void append(Entry entry) {
        byte[] record = entry.time(volume).sealed();
        tape.append(record);
        writtenBytes += record.length;
        if (writtenBytes > Math.max(LEAST_REWRITE_BYTES, 2 * wholeBytes)) {
            rewrite();
        }
    }

    private void rewrite() {
        tape.beginAnew();
        writtenBytes = 0;
        put(new Entry(Kind.CHANGED).node(volume.root()));
        putAll(volume.root(), new HashSet<>());
        tape.endAnew();
        wholeBytes = writtenBytes;
    }

    private void putAll(Directory directory, Set<Long> seen) {
        directory
                .entries()
                .forEach((name, node) -> {
                    put(entry(directory, name, node));
                    if (seen.add(node.number())) {
                        putInside(node, seen);
                    }
                });
        put(new Entry(Kind.CHANGED).node(directory));
    }

    private void putInside(Node node, Set<Long> seen) {
        if (node instanceof Directory inner) {
            putAll(inner, seen);
        } else if (node instanceof RegularFile file) {
            put(new Entry(Kind.RESIZED).number(file.number()).number(file.size()));
            file.pieces((at, bytes, count) -> put(piece(file, at, bytes, 0, count)));
            put(new Entry(Kind.CHANGED).node(file));
        }
    }

    private void put(Entry entry) {
        byte[] record = entry.time(volume).sealed();
        tape.append(record);
        writtenBytes += record.length;
    }

    enum Kind {
        CHANGED('C'),
        ENTERED('E'),
        LEFT('L'),
        WROTE('W'),
        ZEROED('Z'),
        RESIZED('R');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(byte letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalStateException("no kind of record: " + letter);
        }
    }

    /** One record: its length, what happened, and a sum by which a torn one is told. */
    private static final class Entry {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Entry(Kind kind) {
            write(() -> out.writeByte(kind.letter));
        }

        Entry number(long number) {
            return write(() -> out.writeLong(number));
        }

        Entry text(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            return bytes(encoded, 0, encoded.length);
        }

        Entry bytes(byte[] from, int offset, int count) {
            return write(() -> {
                out.writeInt(count);
                out.write(from, offset, count);
            });
        }

        Entry node(Node node) {
            return write(() -> {
                out.writeLong(node.number());
                out.writeByte(node.letter());
                out.writeInt(node.mode());
                out.writeInt(node.uid());
                out.writeInt(node.gid());
                instant(node.modified());
            });
        }

        Entry time(Volume volume) {
            return write(() -> instant(volume.now()));
        }

        private void instant(Instant time) throws IOException {
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        }

        byte[] sealed() {
            byte[] body = bytes.toByteArray();
            CRC32 sum = new CRC32();
            sum.update(body);
            ByteArrayOutputStream whole = new ByteArrayOutputStream(body.length + 8);
            DataOutputStream head = new DataOutputStream(whole);
            try {
                head.writeInt(body.length);
                head.writeInt((int) sum.getValue());
                head.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return whole.toByteArray();
        }

        private Entry write(Writing writing) {
            try {
                writing.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        private interface Writing {
            void run() throws IOException;
        }
    }
}
