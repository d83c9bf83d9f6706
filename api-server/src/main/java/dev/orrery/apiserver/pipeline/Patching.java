package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.body.Decoded;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.MediaRange;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.schema.patch.Patch;
import dev.orrery.schema.patch.PatchFormat;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes a new version by a patch; may be asked again with a newer one. */
public final class Patching implements Edit {

    private final Bodies bodies;
    private final ApiRequest request;
    private final Patch patch;
    private final String apiVersion;
    private final String kind;
    private final Set<String> warnings = new LinkedHashSet<>();

    private Patching(Bodies bodies, ApiRequest request, String apiVersion, String kind) {
        this.bodies = bodies;
        this.request = request;
        this.patch = bodies.readPatch(request.body(), format(request.contentType()));
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    public static Patching of(World world, ApiRequest request) {
        return new Patching(
                world.bodies(request.kind()),
                request,
                request.kind().apiVersion(),
                request.kind().kind());
    }

    /** Of the sub-resource's own kind. */
    public static Patching ofPart(World world, ApiRequest request) {
        return new Patching(
                world.bodies(), request, request.part().apiVersion(), request.part().kind());
    }

    private static PatchFormat format(String contentType) {
        String media = MediaRange.one(contentType).type();
        for (PatchFormat format : PatchFormat.values()) {
            if (format.mediaType().equals(media)) {
                return format;
            }
        }
        throw Refusals.unsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: "
                        + known());
    }

    private static String known() {
        return "application/json-patch+json, application/merge-patch+json,"
                + " application/strategic-merge-patch+json, application/apply-patch+yaml";
    }

    @Override
    public ObjectNode edit(ObjectNode current) {
        Decoded patched = bodies.patch(current, patch, apiVersion, kind);
        check(patched.faults());
        return patched.object();
    }

    @Override
    public boolean leavesCurrent() {
        return true;
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void check(List<String> faults) {
        if (faults.isEmpty()) {
            return;
        }
        switch (request.parameters().text("fieldValidation")) {
            case "Strict" -> {
                FieldErrors errors = new FieldErrors();
                errors.invalid(
                        new FieldPath("patch"),
                        new String(request.body(), StandardCharsets.UTF_8),
                        "strict decoding error: " + String.join(", ", faults));
                throw Refusals.invalid("", "", "", errors.all());
            }
            case "Ignore" -> {}
            default -> warnings.addAll(faults);
        }
    }
}
