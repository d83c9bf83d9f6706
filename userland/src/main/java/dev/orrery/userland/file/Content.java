package dev.orrery.userland.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, in pieces: those that hold only zeros take no room, and bytes that somebody
 * else keeps anyway are used as they are until the file is written to. Guarded by its file.
 */
final class Content {
    static final int PIECE = 1 << 16;
    private static final byte[] ZEROS = {};
    private static final byte[][] NONE = {};

    private byte @Nullable [] lent;
    private byte[][] pieces = NONE;
    private long size;
    private long kept;

    long size() {
        return size;
    }

    /** Nobody may change the bytes afterwards. */
    void lend(byte[] bytes) {
        lent = bytes;
        pieces = NONE;
        kept = 0;
        size = bytes.length;
    }

    int read(long position, byte[] into) {
        if (position >= size) {
            return -1;
        }
        int count = (int) Math.min(into.length, size - position);
        if (lent != null) {
            System.arraycopy(lent, (int) position, into, 0, count);
            return count;
        }
        for (int done = 0; done < count; ) {
            int within = (int) ((position + done) % PIECE);
            int length = Math.min(count - done, PIECE - within);
            copy(piece(position + done), within, into, done, length);
            done += length;
        }
        return count;
    }

    private static void copy(byte[] piece, int within, byte[] into, int offset, int length) {
        int there = Math.clamp(piece.length - within, 0, length);
        if (there > 0) {
            System.arraycopy(piece, within, into, offset, there);
        }
        Arrays.fill(into, offset + there, offset + length, (byte) 0);
    }

    /** Shorter than its place where the rest is zeros. */
    private byte[] piece(long position) {
        int index = (int) (position / PIECE);
        return index < pieces.length ? pieces[index] : ZEROS;
    }

    /** How much more room a write may take, at most. */
    long cost(long position, byte[] from, int offset, int count) {
        if (isZero(from, offset, count)) {
            return lent == null ? 0 : size;
        }
        long cost = lent == null ? 0 : size;
        for (long at = position; at < position + count; at = (at / PIECE + 1) * PIECE) {
            byte[] piece = piece(at);
            int end = (int) Math.min(PIECE, position + count - at / PIECE * PIECE);
            cost += Math.max(0, room(end) - piece.length);
        }
        return cost;
    }

    void write(long position, byte[] from, int offset, int count) {
        own();
        size = Math.max(size, position + count);
        boolean zero = isZero(from, offset, count);
        for (int done = 0; done < count; ) {
            long at = position + done;
            int within = (int) (at % PIECE);
            int length = Math.min(count - done, PIECE - within);
            byte[] piece = piece(at);
            if (!zero || within < piece.length) {
                byte[] grown = grown((int) (at / PIECE), within + length);
                System.arraycopy(from, offset + done, grown, within, length);
            }
            done += length;
        }
    }

    private byte[] grown(int index, int length) {
        if (index >= pieces.length) {
            int most = index < 4 ? index + 1 : index + index / 2;
            int before = pieces.length;
            pieces = Arrays.copyOf(pieces, most);
            Arrays.fill(pieces, before, most, ZEROS);
        }
        byte[] piece = pieces[index];
        if (piece.length < length) {
            kept += room(length) - piece.length;
            piece = Arrays.copyOf(piece, room(length));
            pieces[index] = piece;
        }
        return piece;
    }

    /** Small files take what they need, and growing ones are not copied for every line. */
    private static int room(int length) {
        return length <= 256 ? length : Math.min(PIECE, Integer.highestOneBit(length - 1) << 1);
    }

    void resize(long length) {
        own();
        if (length < size) {
            int left = (int) ((length + PIECE - 1) / PIECE);
            for (int i = left; i < pieces.length; i++) {
                drop(i, 0);
            }
            pieces = left < pieces.length ? Arrays.copyOf(pieces, left) : pieces;
            if (length % PIECE != 0 && left <= pieces.length) {
                drop(left - 1, (int) (length % PIECE));
            }
        }
        size = length;
    }

    private void drop(int index, int length) {
        byte[] piece = pieces[index];
        if (piece.length > length) {
            kept -= piece.length - length;
            pieces[index] = length == 0 ? ZEROS : Arrays.copyOf(piece, length);
        }
    }

    private void own() {
        if (lent != null) {
            byte[] bytes = lent;
            lent = null;
            size = 0;
            write(0, bytes, 0, bytes.length);
        }
    }

    /** What it keeps in memory of its own. */
    long keptBytes() {
        return kept;
    }

    byte[] all() {
        if (size > Integer.MAX_VALUE - 64) {
            throw new FileException(Errno.ENOMEM);
        }
        byte[] all = new byte[(int) size];
        read(0, all);
        return all;
    }

    static boolean isZero(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Hands on what is not zero, piece by piece. */
    void pieces(Piece to) {
        if (lent != null) {
            to.piece(0, lent, lent.length);
            return;
        }
        for (int i = 0; i < pieces.length; i++) {
            byte[] piece = pieces[i];
            if (piece.length > 0) {
                long at = (long) i * PIECE;
                to.piece(at, piece, (int) Math.min(piece.length, size - at));
            }
        }
    }

    interface Piece {
        void piece(long position, byte[] bytes, int count);
    }
}
