package dev.orrery.kubelet.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Responses of admission webhooks. */
final class Verdicts {

    private Verdicts() {}

    static ObjectNode allow() {
        return Reviews.object().put("allowed", true);
    }

    static ObjectNode deny(String message) {
        ObjectNode response = Reviews.object().put("allowed", false);
        response.putObject("status").put("message", message);
        return response;
    }

    /** With the reason alone, which clients are then told in the place of a message. */
    static ObjectNode denyFor(String reason) {
        ObjectNode response = Reviews.object().put("allowed", false);
        response.putObject("status").put("reason", reason);
        return response;
    }

    /**
     * @param operations a JSON patch
     */
    static ObjectNode patch(String operations) {
        byte[] patch = operations.getBytes(StandardCharsets.UTF_8);
        return allow().put("patch", Base64.getEncoder().encodeToString(patch))
                .put("patchType", "JSONPatch");
    }
}
