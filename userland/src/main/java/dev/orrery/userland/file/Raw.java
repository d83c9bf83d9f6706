package dev.orrery.userland.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Inside a machine a string is a row of bytes: each of its chars is one byte (0 to 255), as in C.
 * Text from outside is encoded as UTF-8 into that form where it enters, and decoded where it
 * leaves, so that no byte is lost in between.
 */
public final class Raw {
    private Raw() {}

    public static String of(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    public static String of(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, ISO_8859_1);
    }

    public static byte[] bytes(String raw) {
        return raw.getBytes(ISO_8859_1);
    }

    public static String text(String raw) {
        return new String(bytes(raw), UTF_8);
    }
}
