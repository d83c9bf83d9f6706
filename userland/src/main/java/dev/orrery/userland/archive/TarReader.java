package dev.orrery.userland.archive;

import dev.orrery.userland.file.Raw;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a tape archive apart as its bytes come, and holds no more than a header of it. Understands
 * the old format, POSIX's with its extended headers, and GNU's long names.
 */
public final class TarReader {

    /** Longer than any path. */
    private static final int MOST_EXTRA_BYTES = 64 << 10;

    /** Who hears of the members, in their order. */
    public interface Members {

        void begin(TarHeader header);

        /** A part of the current member's content. */
        void content(byte[] bytes, int offset, int count);

        void end();
    }

    private final Members members;
    private final byte[] block = new byte[TarHeader.BLOCK_BYTES];
    private final ByteArrayOutputStream extra = new ByteArrayOutputStream();
    private int filled;
    private @Nullable TarHeader current;
    private long left;
    private int padding;
    private @Nullable String longName;
    private @Nullable String longLink;
    private long longSize = -1;
    private boolean over;

    public TarReader(Members members) {
        this.members = members;
    }

    /** Whether the archive's end has been read: what follows is of no matter. */
    public boolean isOver() {
        return over;
    }

    /** Whether the bytes end where an archive may end. */
    public boolean isWhole() {
        return over || (current == null && filled == 0);
    }

    /** Throws IllegalArgumentException where it is no archive. */
    public void take(byte[] bytes, int count) {
        int at = 0;
        while (at < count && !over) {
            at += current == null ? header(bytes, at, count) : member(bytes, at, count);
        }
    }

    private int header(byte[] bytes, int at, int count) {
        int taken = Math.min(block.length - filled, count - at);
        System.arraycopy(bytes, at, block, filled, taken);
        filled += taken;
        if (filled == block.length) {
            filled = 0;
            begin();
        }
        return taken;
    }

    private void begin() {
        if (isBlank()) {
            over = true;
            return;
        }
        if (!TarHeader.isOne(block)) {
            throw new IllegalArgumentException("invalid tar magic");
        }
        TarHeader header = TarHeader.read(block);
        if (!isExtra(header.type())) {
            header =
                    header.with(
                            longName == null ? header.name() : longName,
                            longLink == null ? header.link() : longLink,
                            longSize < 0 ? header.size() : longSize);
            longName = null;
            longLink = null;
            longSize = -1;
            members.begin(header);
        } else if (header.size() > MOST_EXTRA_BYTES) {
            throw new IllegalArgumentException("header too long");
        }
        current = header;
        left = header.size();
        padding = (int) (TarHeader.padded(left & 511) - (left & 511));
        endIfComplete();
    }

    private boolean isBlank() {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExtra(char type) {
        return type == TarHeader.LONG_NAME
                || type == TarHeader.LONG_LINK
                || type == 'x'
                || type == 'g';
    }

    private int member(byte[] bytes, int at, int count) {
        TarHeader header = current;
        if (header == null) {
            return 0;
        }
        int taken;
        if (left > 0) {
            taken = (int) Math.min(left, count - at);
            if (isExtra(header.type())) {
                extra.write(bytes, at, taken);
            } else {
                members.content(bytes, at, taken);
            }
            left -= taken;
        } else {
            taken = Math.min(padding, count - at);
            padding -= taken;
        }
        endIfComplete();
        return taken;
    }

    private void endIfComplete() {
        TarHeader header = current;
        if (header == null || left > 0 || padding > 0) {
            return;
        }
        current = null;
        if (isExtra(header.type())) {
            understand(header.type(), extra.toByteArray());
            extra.reset();
        } else {
            members.end();
        }
    }

    private void understand(char type, byte[] content) {
        switch (type) {
            case TarHeader.LONG_NAME -> longName = text(content);
            case TarHeader.LONG_LINK -> longLink = text(content);
            case 'x' -> extended(content);
            default -> {} // what holds for all members is nothing that is kept
        }
    }

    private static String text(byte[] content) {
        String text = Raw.of(content, 0, content.length);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Records of the form {@code 30 path=NAME\n}, each with its own length before it. */
    private void extended(byte[] content) {
        byte[] rest = content;
        while (rest.length > 0) {
            String text = Raw.of(rest, 0, rest.length);
            int space = text.indexOf(' ');
            int length =
                    space > 0 && text.substring(0, space).matches("\\d{1,6}")
                            ? Integer.parseInt(text.substring(0, space))
                            : 0;
            if (length <= space || length > rest.length) {
                throw new IllegalArgumentException("invalid extended header");
            }
            String record = text.substring(space + 1, length - 1);
            int equals = record.indexOf('=');
            String value = record.substring(equals + 1);
            switch (record.substring(0, Math.max(0, equals))) {
                case "path" -> longName = value;
                case "linkpath" -> longLink = value;
                case "size" -> longSize = value.matches("\\d{1,15}") ? Long.parseLong(value) : -1;
                default -> {} // times and names, which nobody asks for
            }
            rest = Arrays.copyOfRange(rest, length, rest.length);
        }
    }
}
