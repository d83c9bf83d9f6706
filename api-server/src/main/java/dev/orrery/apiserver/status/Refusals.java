package dev.orrery.apiserver.status;

import dev.orrery.apiserver.rules.FieldError;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;
import java.util.stream.Collectors;

/** Every refusal that the API knows, in Kubernetes' words. */
public final class Refusals {

    private Refusals() {}

    public static StatusException notFound(GroupResource resource, String name) {
        return new StatusException(
                404, "NotFound", resource + " \"" + name + "\" not found", details(resource, name));
    }

    /** No such path, or no such kind. */
    public static StatusException noSuchPath() {
        return new StatusException(
                404, "NotFound", "the server could not find the requested resource", Details.NONE);
    }

    public static StatusException alreadyExists(GroupResource resource, String name) {
        return new StatusException(
                409,
                "AlreadyExists",
                resource + " \"" + name + "\" already exists",
                details(resource, name));
    }

    public static StatusException conflict(GroupResource resource, String name, String why) {
        return new StatusException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why,
                details(resource, name));
    }

    public static StatusException forbidden(GroupResource resource, String name, String why) {
        String subject = name.isEmpty() ? resource.toString() : resource + " \"" + name + "\"";
        return new StatusException(
                403, "Forbidden", subject + " is forbidden: " + why, details(resource, name));
    }

    public static StatusException forbidden(
            GroupResource resource, String name, String why, List<Cause> causes) {
        StatusException plain = forbidden(resource, name, why);
        return new StatusException(
                plain.code(), plain.reason(), plain.message(), plain.details().withCauses(causes));
    }

    /**
     * @param kind with its group, as in {@code Deployment.apps "web" is invalid: ...}
     */
    public static StatusException invalid(
            String group, String kind, String name, List<FieldError> errors) {
        String subject = group.isEmpty() ? kind : kind + "." + group;
        List<Cause> causes =
                errors.stream()
                        .map(e -> new Cause(e.type().reason(), e.message(), e.field().text()))
                        .toList();
        return new StatusException(
                422,
                "Invalid",
                subject + " \"" + name + "\" is invalid: " + joined(errors),
                Details.of(group, kind, name).withCauses(causes));
    }

    private static String joined(List<FieldError> errors) {
        if (errors.size() == 1) {
            return errors.getFirst().toString();
        }
        return errors.stream()
                .map(FieldError::toString)
                .distinct()
                .collect(Collectors.joining(", ", "[", "]"));
    }

    public static StatusException badRequest(String message) {
        return new StatusException(400, "BadRequest", message, Details.NONE);
    }

    public static StatusException unauthorized() {
        return new StatusException(401, "Unauthorized", "Unauthorized", Details.NONE);
    }

    public static StatusException methodNotAllowed() {
        return methodNotAllowed("the server does not allow this method on the requested resource");
    }

    public static StatusException methodNotAllowed(String message) {
        return new StatusException(405, "MethodNotAllowed", message, Details.NONE);
    }

    public static StatusException notAcceptable(String message) {
        return new StatusException(406, "NotAcceptable", message, Details.NONE);
    }

    public static StatusException unsupportedMediaType(String message) {
        return new StatusException(415, "UnsupportedMediaType", message, Details.NONE);
    }

    public static StatusException tooLarge(String message) {
        return new StatusException(413, "RequestEntityTooLarge", message, Details.NONE);
    }

    public static StatusException gone(String message) {
        return new StatusException(410, "Expired", message, Details.NONE);
    }

    public static StatusException tooManyRequests(String message, int retryAfterSeconds) {
        return new StatusException(429, "TooManyRequests", message, Details.NONE)
                .withRetryAfter(retryAfterSeconds);
    }

    public static StatusException unavailable(String message, int retryAfterSeconds) {
        return new StatusException(503, "ServiceUnavailable", message, Details.NONE)
                .withRetryAfter(retryAfterSeconds);
    }

    public static StatusException timeout(String message) {
        return new StatusException(504, "Timeout", message, Details.NONE);
    }

    public static StatusException internal(String message) {
        return new StatusException(
                500, "InternalError", "Internal error occurred: " + message, Details.NONE);
    }

    private static Details details(GroupResource resource, String name) {
        return Details.of(resource.group(), resource.resource(), name);
    }
}
