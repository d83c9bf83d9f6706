package dev.orrery.apiserver.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.schema.BodyFormat;
import dev.orrery.schema.Completion;
import dev.orrery.schema.DecodeException;
import dev.orrery.schema.Decoder;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import dev.orrery.schema.patch.Patch;
import dev.orrery.schema.patch.PatchException;
import dev.orrery.schema.patch.PatchFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Bodies by Kubernetes' own schema. */
public final class SchemaBodies implements Bodies {

    private static final int SUMMARY = 30;

    @Override
    public Decoded decode(byte[] body, String contentType, String apiVersion, String kind) {
        BodyFormat format = BodyFormat.of(contentType);
        if (format == null) {
            throw Refusals.unsupportedMediaType(
                    "the body of the request was in an unknown format - accepted media types"
                            + " include: application/json, application/yaml,"
                            + " application/vnd.kubernetes.protobuf");
        }
        try {
            return checked(Decoder.decode(body, format, type(apiVersion, kind)), apiVersion, kind);
        } catch (DecodeException e) {
            throw refusal(e, body, apiVersion, kind);
        }
    }

    private static Decoded checked(
            dev.orrery.schema.Decoded decoded, String apiVersion, String kind) {
        String version = decoded.apiVersion();
        boolean options = kind.equals("DeleteOptions"); // come in every group's version
        if (!options && !version.isEmpty() && !version.equals(apiVersion)) {
            throw Refusals.badRequest(
                    "the API version in the data ("
                            + version
                            + ") does not match the expected API version ("
                            + apiVersion
                            + ")");
        }
        if (!decoded.kind().isEmpty() && !decoded.kind().equals(kind)) {
            throw Refusals.badRequest(
                    cannotBe(decoded.kind(), apiVersion, kind) + "unknown conversion");
        }
        return new Decoded(decoded.object(), decoded.findings());
    }

    private static StatusException refusal(
            DecodeException e, byte[] body, String apiVersion, String kind) {
        String message = String.valueOf(e.getMessage());
        if (e.kind().isEmpty() && message.startsWith("couldn't get version/kind")) {
            return Refusals.badRequest(
                    "the object provided is unrecognized (must be of type "
                            + kind
                            + "): "
                            + message
                            + " ("
                            + summary(body)
                            + ")");
        }
        String named = e.kind().isEmpty() ? kind : e.kind();
        return Refusals.badRequest(cannotBe(named, apiVersion, kind) + message);
    }

    private static String cannotBe(String named, String apiVersion, String kind) {
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return named + " in version \"" + version + "\" cannot be handled as a " + kind + ": ";
    }

    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        byte[] start = Arrays.copyOf(body, Math.min(body.length, SUMMARY));
        String shown =
                body[0] == '{'
                        ? new String(start, StandardCharsets.UTF_8)
                        : HexFormat.of().formatHex(start);
        return body.length > SUMMARY ? shown + " ..." : shown;
    }

    @Override
    public Patch readPatch(byte[] body, PatchFormat format) {
        try {
            return format.read(body);
        } catch (PatchException e) {
            throw refusal(e);
        }
    }

    @Override
    public Decoded patch(ObjectNode current, Patch patch, String apiVersion, String kind) {
        StructType type = type(apiVersion, kind);
        JsonNode patched = patched(current, patch, type);
        try {
            Decoded decoded = checked(Decoder.decode(patched, type), apiVersion, kind);
            List<String> faults = new ArrayList<>(patch.findings());
            faults.addAll(decoded.faults());
            return new Decoded(decoded.object(), faults);
        } catch (DecodeException e) {
            throw unfit(patched, e);
        }
    }

    private static JsonNode patched(ObjectNode current, Patch patch, StructType type) {
        try {
            return patch.apply(current, type);
        } catch (PatchException e) {
            throw refusal(e);
        }
    }

    /** The patch could be applied, but what came out is no object of the kind. */
    private static StatusException unfit(JsonNode patched, DecodeException e) {
        FieldErrors errors = new FieldErrors();
        errors.invalid(new FieldPath("patch"), patched.toString(), String.valueOf(e.getMessage()));
        return Refusals.invalid("", "", "", errors.all());
    }

    @Override
    public Decoded check(ObjectNode object, String apiVersion, String kind) {
        try {
            return checked(Decoder.decode(object, type(apiVersion, kind)), apiVersion, kind);
        } catch (DecodeException e) {
            throw Refusals.badRequest(
                    cannotBe(kind, apiVersion, kind) + String.valueOf(e.getMessage()));
        }
    }

    /** A patch that cannot be read or applied. */
    public static StatusException refusal(PatchException e) {
        return new StatusException(
                e.kind().code(), e.kind().reason(), String.valueOf(e.getMessage()), Details.NONE);
    }

    @Override
    public void complete(ObjectNode object, String apiVersion, String kind) {
        Completion.complete(object, type(apiVersion, kind));
    }

    private static StructType type(String apiVersion, String kind) {
        Schemas schemas = Schemas.kubernetes();
        if (kind.equals("DeleteOptions")) {
            return schemas.meta(kind);
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        StructType type = schemas.kind(group, apiVersion.substring(slash + 1), kind);
        if (type == null) {
            throw new IllegalStateException("no schema for " + apiVersion + " " + kind);
        }
        return type;
    }
}
