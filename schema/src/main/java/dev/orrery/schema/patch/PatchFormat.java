package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.DecodeException;
import dev.orrery.schema.PlainJson;

/** The forms of patches, by their media types. */
public enum PatchFormat {
    JSON("application/json-patch+json") {
        @Override
        public Patch read(byte[] body) throws PatchException {
            PlainJson json = plain(body, "error decoding patch: ");
            if (json.value() instanceof ArrayNode operations) {
                return JsonPatch.of(operations, json.findings());
            }
            throw notA("error decoding patch: ", json.value(), "[]interface {}");
        }
    },
    MERGE("application/merge-patch+json") {
        @Override
        public Patch read(byte[] body) throws PatchException {
            PlainJson json = plain(body, "error decoding patch: ");
            if (json.value() instanceof ObjectNode patch) {
                return new MergePatch(patch, json.findings());
            }
            throw notA("error decoding patch: ", json.value(), "map[string]interface {}");
        }
    },
    STRATEGIC_MERGE("application/strategic-merge-patch+json") {
        @Override
        public Patch read(byte[] body) throws PatchException {
            PlainJson json = plain(body, "");
            if (json.value() instanceof ObjectNode patch) {
                return new StrategicMergePatch(patch, json.findings());
            }
            throw notA("", json.value(), "map[string]interface {}");
        }
    };

    private final String mediaType;

    PatchFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public abstract Patch read(byte[] body) throws PatchException;

    private static PlainJson plain(byte[] body, String prefix) throws PatchException {
        try {
            return PlainJson.read(body);
        } catch (DecodeException e) {
            throw PatchException.badRequest(prefix + e.getMessage());
        }
    }

    private static PatchException notA(String prefix, JsonNode value, String goType) {
        String found =
                switch (value.getNodeType()) {
                    case OBJECT -> "object";
                    case ARRAY -> "array";
                    case STRING -> "string";
                    case BOOLEAN -> "bool";
                    case NULL -> "null";
                    default -> "number";
                };
        return PatchException.badRequest(
                prefix + "json: cannot unmarshal " + found + " into Go value of type " + goType);
    }
}
