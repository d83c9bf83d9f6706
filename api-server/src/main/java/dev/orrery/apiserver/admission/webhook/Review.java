package dev.orrery.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.matching.RequestView;
import dev.orrery.apiserver.admission.matching.Shown;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookException;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.metadata.Identities;
import java.io.UncheckedIOException;

/** {@code AdmissionReview} of version v1: the question, and reading the answer. */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
record Review(String uid, byte[] body) {

    private static final String API_VERSION = "admission.k8s.io/v1";

    static Review of(Attributes attributes, Kind kind, Shown shown) {
        String uid = new Identities(attributes.random()).uid();
        ObjectNode review = Trees.object();
        review.put("kind", "AdmissionReview").put("apiVersion", API_VERSION);
        ObjectNode request = review.putObject("request").put("uid", uid);
        request.setAll(RequestView.of(attributes, kind));
        request.set("object", shown.object());
        request.set("oldObject", shown.old());
        return new Review(uid, Trees.write(review));
    }

    /**
     * The {@code response}.
     *
     * @throws HookException with what is wrong with it
     */
    JsonNode response(HookAnswer answer, boolean mutating) {
        if (answer.code() != 200) {
            throw new HookException("failed to call webhook: " + refused(answer.code()));
        }
        JsonNode review;
        try {
            review = Trees.read(answer.body());
        } catch (UncheckedIOException _) {
            throw new HookException(
                    "failed to call webhook: couldn't get version/kind; json parse error");
        }
        String fault = fault(review, mutating);
        if (!fault.isEmpty()) {
            throw new HookException("received invalid webhook response: " + fault);
        }
        return review.path("response");
    }

    private static String refused(int code) {
        return switch (code) {
            case 404 -> "the server could not find the requested resource";
            case 401 -> "the server has asked for the client to provide credentials";
            case 403 -> "unknown";
            default ->
                    "an error on the server (\"unknown\") has prevented the request from succeeding";
        };
    }

    private String fault(JsonNode review, boolean mutating) {
        JsonNode response = review.path("response");
        if (!response.isObject()) {
            return "webhook response was absent";
        }
        String answered = response.path("uid").asText("");
        if (!answered.equals(uid)) {
            return "expected response.uid=\"" + uid + "\", got \"" + answered + "\"";
        }
        String apiVersion = review.path("apiVersion").asText("");
        String kind = review.path("kind").asText("");
        if (!apiVersion.equals(API_VERSION) || !kind.equals("AdmissionReview")) {
            return "expected webhook response of "
                    + API_VERSION
                    + ", Kind=AdmissionReview, got "
                    + (apiVersion.contains("/") ? apiVersion : "/" + apiVersion)
                    + ", Kind="
                    + kind;
        }
        return patchFault(response, mutating);
    }

    private static String patchFault(JsonNode response, boolean mutating) {
        boolean patch = !response.path("patch").asText("").isEmpty();
        boolean type = response.hasNonNull("patchType");
        if (!mutating) {
            if (patch) {
                return "validating webhook may not return response.patch";
            }
            return type ? "validating webhook may not return response.patchType" : "";
        }
        if (patch && !type) {
            return "webhook returned response.patch but not response.patchType";
        }
        if (!patch && type) {
            return "webhook returned response.patchType but not response.patch";
        }
        return "";
    }
}
