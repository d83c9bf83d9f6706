package dev.orrery.apiserver.cel.function;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An IP address by its bytes, read and written as Go's netip does. */
@SuppressWarnings("ArrayRecordComponent") // never given away; equality is by content
record IpValue(int[] bytes) {

    static IpValue of(String text) {
        return checked(text, parse(text));
    }

    private static IpValue checked(String text, IpValue address) {
        if (text.indexOf('%') >= 0) {
            throw new FunctionFailure("IP address \"" + text + "\" with zone value is not allowed");
        }
        if (address.isMapped()) {
            throw new FunctionFailure("IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
        }
        return address;
    }

    /** Null where the text is none that is allowed. */
    static @Nullable IpValue orNull(String text) {
        try {
            return of(text);
        } catch (FunctionFailure e) {
            return null;
        }
    }

    private static IpValue parse(String text) {
        try {
            return IpText.parse(text);
        } catch (FunctionFailure e) {
            throw new FunctionFailure(
                    "IP Address \""
                            + text
                            + "\" parse error during conversion from string: "
                            + e.getMessage());
        }
    }

    boolean is4() {
        return bytes.length == 4;
    }

    int bits() {
        return bytes.length * 8;
    }

    boolean isMapped() {
        return !is4()
                && IntStream.range(0, 10).allMatch(i -> bytes[i] == 0)
                && bytes[10] == 0xff
                && bytes[11] == 0xff;
    }

    boolean isUnspecified() {
        return Arrays.stream(bytes).allMatch(b -> b == 0);
    }

    boolean isLoopback() {
        return is4()
                ? bytes[0] == 127
                : bytes[15] == 1 && IntStream.range(0, 15).allMatch(i -> bytes[i] == 0);
    }

    boolean isMulticast() {
        return is4() ? (bytes[0] & 0xf0) == 0xe0 : bytes[0] == 0xff;
    }

    boolean isLinkLocalMulticast() {
        return is4()
                ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0
                : bytes[0] == 0xff && (bytes[1] & 0x0f) == 2;
    }

    boolean isLinkLocalUnicast() {
        return is4()
                ? bytes[0] == 169 && bytes[1] == 254
                : bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = is4() && Arrays.stream(bytes).allMatch(b -> b == 255);
        return !broadcast
                && !isUnspecified()
                && !isLoopback()
                && !isMulticast()
                && !isLinkLocalUnicast();
    }

    /** With zeros behind so many bits. */
    IpValue masked(int prefix) {
        int[] masked = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(prefix - 8L * i, 0, 8);
            masked[i] = bytes[i] & (0xff << (8 - kept)) & 0xff;
        }
        return new IpValue(masked);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpValue address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return is4()
                ? Arrays.stream(bytes).mapToObj(Integer::toString).collect(Collectors.joining("."))
                : IpText.format6(bytes);
    }
}
