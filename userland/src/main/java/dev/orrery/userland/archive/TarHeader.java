package dev.orrery.userland.archive;

import dev.orrery.userland.file.Raw;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What a tape archive says of one member.
 *
 * @param name a folder's ends with a slash
 * @param link where a link leads; else empty
 * @param seconds of its last change, since 1970
 */
public record TarHeader(
        char type, String name, String link, int mode, int uid, int gid, long size, long seconds) {

    public static final int BLOCK_BYTES = 512;

    public static final char FILE = '0';
    public static final char HARD_LINK = '1';
    public static final char SYMLINK = '2';
    public static final char DIRECTORY = '5';

    static final char LONG_NAME = 'L';
    static final char LONG_LINK = 'K';

    private static final int NAME_BYTES = 100;
    private static final int PREFIX_BYTES = 155;
    private static final int SUM_AT = 148;
    private static final int SUM_BYTES = 8;

    /**
     * The blocks that begin the member; a name that does not fit goes before, in blocks of its own.
     */
    public byte[] blocks() {
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        if (name.length() > NAME_BYTES) {
            blocks.writeBytes(longText(LONG_NAME, name));
        }
        if (link.length() > NAME_BYTES) {
            blocks.writeBytes(longText(LONG_LINK, link));
        }
        blocks.writeBytes(block());
        return blocks.toByteArray();
    }

    private static byte[] longText(char type, String text) {
        byte[] bytes = Raw.bytes(text + "\0");
        byte[] head = new TarHeader(type, "././@LongLink", "", 0, 0, 0, bytes.length, 0).block();
        byte[] all = Arrays.copyOf(head, BLOCK_BYTES + padded(bytes.length));
        System.arraycopy(bytes, 0, all, BLOCK_BYTES, bytes.length);
        return all;
    }

    /** How many bytes of blocks so many bytes fill. */
    public static int padded(long bytes) {
        return (int) ((bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES);
    }

    private byte[] block() {
        byte[] block = new byte[BLOCK_BYTES];
        text(block, 0, NAME_BYTES, name);
        number(block, 100, 8, mode & 07777);
        number(block, 108, 8, uid);
        number(block, 116, 8, gid);
        number(block, 124, 12, size);
        number(block, 136, 12, seconds);
        Arrays.fill(block, SUM_AT, SUM_AT + SUM_BYTES, (byte) ' ');
        block[156] = (byte) type;
        text(block, 157, NAME_BYTES, link);
        text(block, 257, 8, "ustar\00000");
        text(block, 265, 32, uid == 0 ? "root" : "");
        text(block, 297, 32, gid == 0 ? "root" : "");
        text(block, SUM_AT, SUM_BYTES, "%06o\0 ".formatted(sum(block)));
        return block;
    }

    private static void text(byte[] block, int at, int most, String text) {
        byte[] bytes = Raw.bytes(text);
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, most));
    }

    private static void number(byte[] block, int at, int width, long value) {
        text(block, at, width, ("%0" + (width - 1) + "o").formatted(value));
    }

    private static int sum(byte[] block) {
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        return sum;
    }

    /** Whether a block could begin a member: its sum is right. */
    static boolean isOne(byte[] block) {
        byte[] blank = block.clone();
        Arrays.fill(blank, SUM_AT, SUM_AT + SUM_BYTES, (byte) ' ');
        return sum(blank) == number(block, SUM_AT, SUM_BYTES);
    }

    static TarHeader read(byte[] block) {
        String prefix = text(block, 345, PREFIX_BYTES);
        boolean ustar = text(block, 257, 5).equals("ustar");
        String name = text(block, 0, NAME_BYTES);
        char type = block[156] == 0 ? FILE : (char) block[156];
        return new TarHeader(
                type,
                ustar && !prefix.isEmpty() && block[263] == '0' ? prefix + "/" + name : name,
                text(block, 157, NAME_BYTES),
                (int) number(block, 100, 8),
                (int) number(block, 108, 8),
                (int) number(block, 116, 8),
                number(block, 124, 12),
                number(block, 136, 12));
    }

    private static String text(byte[] block, int at, int most) {
        String text = Raw.of(block, at, most);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Octal; or, where the first bit is set, binary. */
    private static long number(byte[] block, int at, int width) {
        long value = 0;
        if ((block[at] & 0x80) != 0) {
            for (int i = at + 1; i < at + width; i++) {
                value = value << 8 | (block[i] & 0xff);
            }
            return value;
        }
        for (int i = at; i < at + width; i++) {
            if (block[i] >= '0' && block[i] <= '7') {
                value = value * 8 + (block[i] - '0');
            } else if (block[i] != ' ') {
                return value;
            }
        }
        return value;
    }

    TarHeader with(String newName, String newLink, long newSize) {
        return new TarHeader(type, newName, newLink, mode, uid, gid, newSize, seconds);
    }
}
