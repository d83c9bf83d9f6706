package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Decoded;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.conversion.Known;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.ownership.Application;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.MediaRange;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.schema.DecodeException;
import dev.orrery.schema.PlainJson;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes a new version by server-side apply; may be asked again with a newer one. */
public final class Applying implements Edit {

    private static final String YAML = "application/apply-patch+yaml";

    private final World world;
    private final ApiRequest request;
    private final ObjectNode config;
    private final Application application;
    private final List<String> warnings;
    private final Known known = new Known();

    private Applying(
            World world, ApiRequest request, Part part, UnaryOperator<ObjectNode> reading) {
        PlainJson body = read(request);
        this.world = world;
        this.request = request;
        this.warnings = checked(request, body.findings());
        this.config = reading.apply((ObjectNode) body.value());
        this.application =
                new Application(
                        world.kinds(),
                        known,
                        Claims.of(world, request, part),
                        request.parameters().flag("force"));
    }

    static Applying of(World world, ApiRequest request, Part part) {
        return new Applying(world, request, part, UnaryOperator.identity());
    }

    /**
     * Of a sub-resource with a kind of its own.
     *
     * @param reading makes of its configuration one of the object
     */
    public static Applying ofPart(
            World world, ApiRequest request, UnaryOperator<ObjectNode> reading) {
        return new Applying(world, request, Parts.of(""), reading);
    }

    /** Whether a patch is one to apply. */
    public static boolean isMeant(ApiRequest request) {
        return MediaRange.one(request.contentType()).type().equals(YAML);
    }

    private static PlainJson read(ApiRequest request) {
        try {
            PlainJson body = PlainJson.readYaml(request.body());
            if (body.value() instanceof ObjectNode) {
                return body;
            }
            throw Refusals.badRequest(
                    "error decoding YAML: error unmarshaling JSON: while decoding JSON: json:"
                            + " cannot unmarshal "
                            + (body.value().isArray() ? "array" : "string")
                            + " into Go value of type map[string]interface {}");
        } catch (DecodeException e) {
            throw Refusals.badRequest("error decoding YAML: " + e.getMessage());
        }
    }

    private static List<String> checked(ApiRequest request, List<String> findings) {
        if (findings.isEmpty()) {
            return findings;
        }
        return switch (request.parameters().text("fieldValidation")) {
            case "Strict" ->
                    throw Refusals.badRequest(
                            "error strict decoding YAML: " + String.join(", ", findings));
            case "Ignore" -> List.of();
            default -> findings;
        };
    }

    @Override
    public ObjectNode edit(ObjectNode current) {
        Kind kind = request.kind();
        Decoded applied =
                world.bodies(kind)
                        .check(application.apply(current, config), kind.apiVersion(), kind.kind());
        return applied.object();
    }

    /** Where there is no object yet. */
    ObjectNode make() {
        return edit(Trees.object());
    }

    /** What it has asked for. */
    Known known() {
        return known;
    }

    List<String> warnings() {
        return warnings;
    }

    @Override
    public boolean leavesCurrent() {
        return true;
    }

    @Override
    public boolean setsOwners() {
        return true;
    }
}
