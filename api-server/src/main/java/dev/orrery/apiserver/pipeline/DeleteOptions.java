package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an object is to be deleted, from the body or the query.
 *
 * @param graceSeconds null for the object's own
 * @param propagation {@code Orphan}, {@code Background}, {@code Foreground}, or empty for the
 *     kind's own
 * @param uid of the only object that is meant; empty for any
 * @param resourceVersion of the only version that is meant; empty for any
 */
public record DeleteOptions(
        @Nullable Long graceSeconds,
        String propagation,
        String uid,
        String resourceVersion,
        boolean dryRun) {

    public static final DeleteOptions NONE = new DeleteOptions(null, "", "", "", false);

    private static final String KIND = "DeleteOptions";
    private static final List<String> POLICIES =
            List.of("Foreground", "Background", "Orphan", "nil");

    static DeleteOptions of(World world, ApiRequest request) {
        DeleteOptions options =
                of(
                        request.body().length == 0
                                ? fromQuery(request)
                                : world.bodies()
                                        .decode(request.body(), request.contentType(), "v1", KIND)
                                        .object());
        return request.isDryRun()
                ? new DeleteOptions(
                        options.graceSeconds,
                        options.propagation,
                        options.uid,
                        options.resourceVersion,
                        true)
                : options;
    }

    private static JsonNode fromQuery(ApiRequest request) {
        var options = Trees.object();
        if (request.parameters().has("gracePeriodSeconds")) {
            options.put("gracePeriodSeconds", request.parameters().number("gracePeriodSeconds", 0));
        }
        if (request.parameters().has("propagationPolicy")) {
            options.put("propagationPolicy", request.parameters().text("propagationPolicy"));
        }
        if (request.parameters().has("orphanDependents")) {
            options.put("orphanDependents", request.parameters().flag("orphanDependents"));
        }
        return options;
    }

    public static DeleteOptions of(JsonNode options) {
        JsonNode grace = options.path("gracePeriodSeconds");
        JsonNode preconditions = options.path("preconditions");
        return new DeleteOptions(
                grace.isNumber() ? (Long) Math.max(normal(grace.asLong()), 0) : null,
                propagation(options),
                preconditions.path("uid").asText(""),
                preconditions.path("resourceVersion").asText(""),
                !options.path("dryRun").isEmpty());
    }

    /** The same, of one version only. */
    public DeleteOptions at(long version) {
        return new DeleteOptions(graceSeconds, propagation, uid, Long.toString(version), dryRun);
    }

    /** Refuses where the object is not the one that is meant. */
    public void checkPreconditions(ApiRequest request, Stored current, String actualUid) {
        if (!uid.isEmpty() && !uid.equals(actualUid)) {
            throw failed(request, "UID in precondition: " + uid, "UID", actualUid);
        }
        String version = Long.toString(current.resourceVersion());
        if (!resourceVersion.isEmpty() && !resourceVersion.equals(version)) {
            throw failed(
                    request,
                    "ResourceVersion in precondition: " + resourceVersion,
                    "ResourceVersion",
                    version);
        }
    }

    private static StatusException failed(
            ApiRequest request, String wanted, String what, String actual) {
        return Refusals.conflict(
                request.kind().resource(),
                request.name(),
                "Precondition failed: " + wanted + ", " + what + " in object meta: " + actual);
    }

    /** Less than nothing means at once, but in order. */
    private static long normal(long seconds) {
        return seconds < 0 ? 1 : seconds;
    }

    private static String propagation(JsonNode options) {
        String policy = options.path("propagationPolicy").asText("");
        JsonNode orphan = options.path("orphanDependents");
        FieldErrors errors = new FieldErrors();
        FieldPath path = new FieldPath("propagationPolicy");
        if (!policy.isEmpty() && orphan.isBoolean()) {
            errors.invalid(
                    path, policy, "orphanDependents and deletionPropagation cannot be both set");
        } else if (!policy.isEmpty() && !POLICIES.contains(policy)) {
            errors.notSupported(path, policy, POLICIES);
        }
        if (!errors.isEmpty()) {
            throw Refusals.invalid("meta.k8s.io", KIND, "", errors.all());
        }
        if (orphan.isBoolean()) {
            return orphan.asBoolean() ? "Orphan" : "Background";
        }
        return policy;
    }
}
