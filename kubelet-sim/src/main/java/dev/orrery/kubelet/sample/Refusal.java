package dev.orrery.kubelet.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that is not fulfilled, as a Status. */
final class Refusal extends RuntimeException {

    private final int code;
    private final String reason;

    Refusal(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static Refusal notFound(SampleKind kind, String name) {
        return new Refusal(404, "NotFound", which(kind, name) + "not found");
    }

    static Refusal noSuchPath() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource");
    }

    static String which(SampleKind kind, String name) {
        return kind.plural() + "." + SampleDiscovery.GROUP + " \"" + name + "\" ";
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        ObjectNode status =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("message", getMessage())
                        .put("reason", reason)
                        .put("code", code);
        status.putObject("metadata");
        return status;
    }
}
