package dev.orrery.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The parts of a protobuf message: a position in bytes, and an end that nested messages narrow. */
final class ProtobufInput {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private int at;
    private int end;

    ProtobufInput(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
        this.end = bytes.length;
    }

    boolean hasMore() {
        return at < end;
    }

    /** Field number and wire type. */
    int tag() throws MalformedException {
        return (int) varint();
    }

    static int number(int tag) {
        return tag >>> 3;
    }

    static int wire(int tag) {
        return tag & 7;
    }

    long varint() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw MalformedException.eof();
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("proto: integer overflow");
    }

    long fixed64() throws MalformedException {
        require(8);
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        at += 8;
        return value;
    }

    String text() throws MalformedException {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] bytes() throws MalformedException {
        int length = length();
        byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return copy;
    }

    /**
     * Narrows the input to the message that begins here; give what it returns to {@link #leave}.
     */
    int enter() throws MalformedException {
        int length = length();
        int outer = end;
        end = at + length;
        return outer;
    }

    void leave(int outer) {
        at = end;
        end = outer;
    }

    void skip(int wire) throws MalformedException {
        switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> skipBytes(8);
            case LENGTH -> skipBytes(length());
            case FIXED32 -> skipBytes(4);
            default -> throw new MalformedException("proto: illegal wireType " + wire);
        }
    }

    private void skipBytes(int count) throws MalformedException {
        require(count);
        at += count;
    }

    private int length() throws MalformedException {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw MalformedException.eof();
        }
        return (int) length;
    }

    private void require(int count) throws MalformedException {
        if (end - at < count) {
            throw MalformedException.eof();
        }
    }

    /** The bytes are no message. */
    static final class MalformedException extends Exception {

        MalformedException(String message) {
            super(message);
        }

        static MalformedException eof() {
            return new MalformedException("unexpected EOF");
        }
    }
}
