package dev.orrery.apiserver.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.body.Decoded;
import dev.orrery.apiserver.body.SchemaBodies;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.structural.Metadata;
import dev.orrery.apiserver.structural.Pruning;
import dev.orrery.schema.BodyFormat;
import dev.orrery.schema.DecodeException;
import dev.orrery.schema.PlainJson;
import dev.orrery.schema.patch.Patch;
import dev.orrery.schema.patch.PatchException;
import dev.orrery.schema.patch.PatchFormat;
import java.util.ArrayList;
import java.util.List;

/** Bodies of a kind that a user describes: JSON that is pruned by the kind's schema. */
final class CustomBodies implements Bodies {

    private static final SchemaBodies PATCHES = new SchemaBodies();

    private final CustomVersion version;

    CustomBodies(CustomVersion version) {
        this.version = version;
    }

    @Override
    public Decoded decode(byte[] body, String contentType, String apiVersion, String kind) {
        PlainJson json = read(body, contentType, kind);
        if (!(json.value() instanceof ObjectNode object)) {
            throw unrecognized("json: cannot unmarshal into an object", kind);
        }
        if (object.path("kind").asText("").isEmpty()) {
            throw unrecognized("Object 'Kind' is missing in '" + object + "'", kind);
        }
        return checked(object, json.findings());
    }

    private static PlainJson read(byte[] body, String contentType, String kind) {
        BodyFormat format = BodyFormat.of(contentType);
        try {
            if (format == BodyFormat.JSON) {
                return PlainJson.read(body);
            }
            if (format == BodyFormat.YAML) {
                return PlainJson.readYaml(body);
            }
        } catch (DecodeException e) {
            throw unrecognized(String.valueOf(e.getMessage()), kind);
        }
        throw Refusals.unsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json, application/yaml");
    }

    private static RuntimeException unrecognized(String why, String kind) {
        return Refusals.badRequest(
                "the object provided is unrecognized (must be of type " + kind + "): " + why);
    }

    @Override
    public Patch readPatch(byte[] body, PatchFormat format) {
        if (format == PatchFormat.STRATEGIC_MERGE) {
            throw Refusals.unsupportedMediaType(
                    "the body of the request was in an unknown format - accepted media types"
                            + " include: application/json-patch+json,"
                            + " application/merge-patch+json, application/apply-patch+yaml");
        }
        return PATCHES.readPatch(body, format);
    }

    @Override
    public Decoded patch(ObjectNode current, Patch patch, String apiVersion, String kind) {
        JsonNode patched;
        try {
            patched = patch.apply(current, version.type());
        } catch (PatchException e) {
            throw SchemaBodies.refusal(e);
        }
        if (patched instanceof ObjectNode object) {
            return checked(object.deepCopy(), patch.findings());
        }
        throw Refusals.badRequest("a patch must leave an object");
    }

    @Override
    public Decoded check(ObjectNode object, String apiVersion, String kind) {
        return checked(object.deepCopy(), List.of());
    }

    private Decoded checked(ObjectNode object, List<String> findings) {
        checkType(object);
        List<String> faults = new ArrayList<>(findings);
        try {
            List<String> inMetadata = Metadata.coerce(object, version.schema());
            List<String> pruned = Pruning.prune(object, version.schema());
            faults.addAll(inMetadata);
            pruned.forEach(path -> faults.add("unknown field \"" + path + "\""));
        } catch (IllegalArgumentException e) {
            throw Refusals.badRequest(
                    version.kind()
                            + " in version \""
                            + version.apiVersion().substring(version.group().length() + 1)
                            + "\" cannot be handled as a "
                            + version.kind()
                            + ": "
                            + e.getMessage());
        }
        return new Decoded(object, faults);
    }

    private void checkType(ObjectNode object) {
        String given = object.path("apiVersion").asText("");
        if (!given.equals(version.apiVersion())) {
            throw Refusals.badRequest(
                    "the API version in the data ("
                            + given
                            + ") does not match the expected API version ("
                            + version.apiVersion()
                            + ")");
        }
        String kind = object.path("kind").asText("");
        if (!kind.equals(version.kind())) {
            FieldErrors errors = new FieldErrors();
            errors.invalid(new FieldPath("kind"), kind, "must be " + version.kind());
            throw Refusals.invalid(
                    version.group(),
                    version.kind(),
                    object.path("metadata").path("name").asText(""),
                    errors.all());
        }
    }

    /** Nothing is written that nobody gave. */
    @Override
    public void complete(ObjectNode object, String apiVersion, String kind) {}
}
