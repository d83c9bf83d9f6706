package dev.orrery.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads bodies by their schema in one pass. Stateless; for any thread.
 *
 * <p>Whether apiVersion and kind are those that the request expects is the caller's to check, also
 * where a {@link DecodeException} carries them.
 */
public final class Decoder {

    /** Kubernetes' own objects are some ten levels deep; a CRD's schema may be much deeper. */
    private static final int MAX_DEPTH = 500;

    /* How long texts may be is bounded by the size of a request's body. */

    static final JsonFactory JSON =
            JsonFactory.builder()
                    // Names of map keys are not worth keeping for ever.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private Decoder() {}

    /** Reads a request's body. */
    public static Decoded decode(byte[] body, BodyFormat format, StructType type)
            throws DecodeException {
        return switch (format) {
            case JSON -> decodeJson(body, type);
            case YAML -> decodeYaml(body, type);
            case PROTOBUF -> ProtobufEnvelope.decode(body, type);
        };
    }

    /** Reads what a patch has made of an object. The tree stays as it is. */
    public static Decoded decode(JsonNode object, StructType type) throws DecodeException {
        try (JsonParser parser = object.traverse()) {
            return decode(parser, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Decoded decodeJson(byte[] body, StructType type) throws DecodeException {
        try (JsonParser parser = JSON.createParser(body)) {
            return decode(parser, type);
        } catch (JsonProcessingException e) {
            throw DecodeException.unrecognized(TypedReader.NO_KIND + GoJsonSyntax.message(body, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Decoded decodeYaml(byte[] body, StructType type) throws DecodeException {
        PlainJson yaml = PlainJson.readYaml(body);
        Decoded decoded = decode(yaml.value(), type);
        if (yaml.findings().isEmpty()) {
            return decoded;
        }
        List<String> findings = new ArrayList<>(yaml.findings());
        findings.addAll(decoded.findings());
        return new Decoded(decoded.object(), decoded.apiVersion(), decoded.kind(), findings);
    }

    private static Decoded decode(JsonParser parser, StructType type)
            throws IOException, DecodeException {
        TypedReader reader = new TypedReader(parser);
        ObjectNode object = reader.read(parser.nextToken(), type);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more than one value");
        }
        return reader.finish(object);
    }
}
