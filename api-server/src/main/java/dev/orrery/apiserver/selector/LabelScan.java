package dev.orrery.apiserver.selector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the labels out of stored JSON, and stops there: metadata comes first in it. */
final class LabelScan {

    private static final JsonFactory FACTORY = new JsonFactory();

    private LabelScan() {}

    static Map<String, String> labels(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return enter(parser, "metadata") && enter(parser, "labels") ? map(parser) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves to the beginning of a field's object; false if there is none. */
    private static boolean enter(JsonParser parser, String field) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(field);
            JsonToken value = parser.nextToken();
            if (found) {
                return value == JsonToken.START_OBJECT;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static Map<String, String> map(JsonParser parser) throws IOException {
        Map<String, String> labels = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            labels.put(parser.currentName(), parser.nextTextValue());
        }
        return labels;
    }
}
