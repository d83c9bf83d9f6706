package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.body.Decoded;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The decode stage: the object that a request brings, a fresh copy for each attempt. What is wrong
 * with its fields is refused, told, or ignored, as the client wishes. Used by one thread at a time.
 */
public final class Body implements Supplier<ObjectNode> {

    private final Bodies bodies;
    private final ApiRequest request;
    private final String apiVersion;
    private final String kind;
    private final Set<String> warnings = new LinkedHashSet<>();
    private @Nullable ObjectNode first;

    private Body(Bodies bodies, ApiRequest request, String apiVersion, String kind) {
        this.bodies = bodies;
        this.request = request;
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.first = decode();
    }

    /** Of the request's own kind. */
    public static Body of(World world, ApiRequest request) {
        return new Body(
                world.bodies(request.kind()),
                request,
                request.kind().apiVersion(),
                request.kind().kind());
    }

    /** Of the kind that the sub-resource takes. */
    public static Body ofPart(World world, ApiRequest request) {
        return new Body(
                world.bodies(), request, request.part().apiVersion(), request.part().kind());
    }

    @Override
    public ObjectNode get() {
        ObjectNode object = first == null ? decode() : first;
        first = null;
        return object;
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private ObjectNode decode() {
        Decoded decoded = bodies.decode(request.body(), request.contentType(), apiVersion, kind);
        check(decoded.faults());
        return decoded.object();
    }

    private void check(List<String> faults) {
        if (faults.isEmpty()) {
            return;
        }
        switch (request.parameters().text("fieldValidation")) {
            case "Strict" -> {
                String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
                throw Refusals.badRequest(
                        kind
                                + " in version \""
                                + version
                                + "\" cannot be handled as a "
                                + kind
                                + ": strict decoding error: "
                                + String.join(", ", faults));
            }
            case "Ignore" -> {}
            default -> warnings.addAll(faults);
        }
    }
}
