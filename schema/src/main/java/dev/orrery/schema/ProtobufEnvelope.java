package dev.orrery.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.ProtobufInput.MalformedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kubernetes' protobuf bodies: four bytes, and a runtime.Unknown with kind and content. */
final class ProtobufEnvelope {

    private static final byte[] PREFIX = {'k', '8', 's', 0};
    private static final int TYPE_META = 1;
    private static final int RAW = 2;
    private static final int API_VERSION = 1;
    private static final int KIND = 2;

    private String apiVersion = "";
    private String kind = "";
    private byte[] raw = {};

    private ProtobufEnvelope() {}

    static Decoded decode(byte[] body, StructType type) throws DecodeException {
        checkPrefix(body);
        ProtobufEnvelope envelope = new ProtobufEnvelope();
        try {
            envelope.read(new ProtobufInput(body, PREFIX.length));
            return envelope.content(type);
        } catch (MalformedException e) {
            throw new DecodeException(
                    String.valueOf(e.getMessage()), envelope.apiVersion, envelope.kind);
        }
    }

    private static void checkPrefix(byte[] body) throws DecodeException {
        String wrong = wrongPrefix(body);
        if (wrong != null) {
            throw DecodeException.unrecognized(wrong);
        }
    }

    private static @Nullable String wrongPrefix(byte[] body) {
        if (body.length == 0) {
            return "empty data";
        }
        for (int i = 0; i < PREFIX.length; i++) {
            if (i >= body.length || body[i] != PREFIX[i]) {
                return "provided data does not appear to be a protobuf message, expected prefix"
                        + " [107 56 115 0]";
            }
        }
        return body.length == PREFIX.length ? "empty body" : null;
    }

    private void read(ProtobufInput in) throws MalformedException {
        while (in.hasMore()) {
            int tag = in.tag();
            switch (ProtobufInput.number(tag)) {
                case TYPE_META -> readTypeMeta(in);
                case RAW -> raw = in.bytes();
                default -> in.skip(ProtobufInput.wire(tag));
            }
        }
    }

    private void readTypeMeta(ProtobufInput in) throws MalformedException {
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.tag();
            switch (ProtobufInput.number(tag)) {
                case API_VERSION -> apiVersion = in.text();
                case KIND -> kind = in.text();
                default -> in.skip(ProtobufInput.wire(tag));
            }
        }
        in.leave(outer);
    }

    private Decoded content(StructType type) throws MalformedException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (!apiVersion.isEmpty()) {
            object.put("apiVersion", apiVersion);
        }
        if (!kind.isEmpty()) {
            object.put("kind", kind);
        }
        new ProtobufReader(new ProtobufInput(raw, 0)).fields(type, object);
        return new Decoded(object, apiVersion, kind, List.of());
    }
}
