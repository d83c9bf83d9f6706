package dev.orrery.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.orrery.schema.ProtobufInput.MalformedException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads texts and numbers from protobuf, and the messages that are such in JSON. */
final class ProtobufScalars {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int INT_OR_STRING_TEXT = 1;

    private final ProtobufInput in;

    ProtobufScalars(ProtobufInput in) {
        this.in = in;
    }

    static void require(int actual, int expected) throws MalformedException {
        if (actual != expected) {
            throw new MalformedException("proto: wrong wireType = " + actual);
        }
    }

    @Nullable JsonNode read(Shape shape, int wire) throws MalformedException {
        require(wire, wireOf(shape));
        return switch (shape.kind()) {
            case STRING -> TextNode.valueOf(in.text());
            case BOOL -> BooleanNode.valueOf(in.varint() != 0);
            case INT32 -> IntNode.valueOf((int) in.varint());
            case INT64 -> ScalarReader.number(in.varint());
            case DOUBLE -> number(Double.longBitsToDouble(in.fixed64()));
            case BYTES -> TextNode.valueOf(Base64.getEncoder().encodeToString(in.bytes()));
            case TIME, MICRO_TIME -> time(shape.kind() == Shape.Kind.MICRO_TIME);
            case DURATION -> TextNode.valueOf(number() + "ns");
            case QUANTITY -> quantity();
            case INT_OR_STRING -> intOrString();
            case ANY -> any();
            default -> throw new IllegalStateException(shape + " is no scalar");
        };
    }

    private static int wireOf(Shape shape) {
        return switch (shape.kind()) {
            case BOOL, INT32, INT64 -> ProtobufInput.VARINT;
            case DOUBLE -> ProtobufInput.FIXED64;
            default -> ProtobufInput.LENGTH;
        };
    }

    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
                ? ScalarReader.number((long) value)
                : DoubleNode.valueOf(value);
    }

    /** The first field of a message that has only one that counts. */
    private long number() throws MalformedException {
        long value = 0;
        int outer = in.enter();
        while (in.hasMore()) {
            in.tag();
            value = in.varint();
        }
        in.leave(outer);
        return value;
    }

    /** An empty message is Go's zero time, which is null in JSON. */
    private @Nullable JsonNode time(boolean micro) throws MalformedException {
        long seconds = 0;
        long nanos = 0;
        int outer = in.enter();
        boolean there = in.hasMore();
        while (in.hasMore()) {
            if (ProtobufInput.number(in.tag()) == 1) {
                seconds = in.varint();
            } else {
                nanos = in.varint();
            }
        }
        in.leave(outer);
        if (!there) {
            return null;
        }
        try {
            return TextNode.valueOf(
                    GoTime.format(
                            LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC),
                            micro));
        } catch (DateTimeException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode quantity() throws MalformedException {
        String text = "0";
        int outer = in.enter();
        while (in.hasMore()) {
            in.tag();
            text = in.text();
        }
        in.leave(outer);
        try {
            return TextNode.valueOf(Quantities.canonical(text));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode intOrString() throws MalformedException {
        long type = 0;
        long number = 0;
        String text = "";
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.tag();
            switch (ProtobufInput.number(tag)) {
                case 1 -> type = in.varint();
                case 2 -> number = in.varint();
                case 3 -> text = in.text();
                default -> in.skip(ProtobufInput.wire(tag));
            }
        }
        in.leave(outer);
        return type == INT_OR_STRING_TEXT ? TextNode.valueOf(text) : IntNode.valueOf((int) number);
    }

    /** JSON in a message of one field. */
    private JsonNode any() throws MalformedException {
        byte[] raw = {};
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.tag();
            if (ProtobufInput.number(tag) == 1) {
                raw = in.bytes();
            } else {
                in.skip(ProtobufInput.wire(tag));
            }
        }
        in.leave(outer);
        try {
            return raw.length == 0 ? NullNode.instance : MAPPER.readTree(raw);
        } catch (IOException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }
}
