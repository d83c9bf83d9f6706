package dev.orrery.apiserver.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ConversionReview}: asks a webhook for objects in another version.
 *
 * @param uid of the question
 * @param version of the review itself: {@code v1} or {@code v1beta1}
 * @param apiVersion that is wanted, {@code example.com/v2}
 * @param objects in any other versions of the same kind
 */
record ConversionReview(String uid, String version, String apiVersion, List<ObjectNode> objects) {

    private static final String GROUP = "apiextensions.k8s.io/";
    private static final String KIND = "ConversionReview";
    private static final int OK = 200;

    byte[] body() {
        ObjectNode review = Trees.object().put("kind", KIND).put("apiVersion", GROUP + version);
        ObjectNode request = review.putObject("request");
        request.put("uid", uid).put("desiredAPIVersion", apiVersion);
        ArrayNode list = request.putArray("objects");
        objects.forEach(list::add);
        return Trees.write(review);
    }

    /** What fails is said behind this. */
    String failed() {
        return by() + "failed: ";
    }

    private String by() {
        ObjectNode first = objects.getFirst();
        return "conversion webhook for "
                + first.path("apiVersion").asText("")
                + ", Kind="
                + first.path("kind").asText("")
                + " ";
    }

    /**
     * The objects in the wanted version, in their order.
     *
     * @throws HookException with what is wrong with the answer
     */
    List<ObjectNode> objects(HookAnswer answer) {
        JsonNode answered = converted(answer);
        if (answered.size() != objects.size()) {
            throw new HookException(
                    by() + "returned " + answered.size() + " objects, expected " + objects.size());
        }
        List<ObjectNode> made = new ArrayList<>(objects.size());
        for (int i = 0; i < objects.size(); i++) {
            made.add(checked(answered.path(i), i));
        }
        return made;
    }

    private JsonNode converted(HookAnswer answer) {
        if (answer.code() != OK) {
            throw new HookException(
                    failed()
                            + (answer.code() == 404
                                    ? "the server could not find the requested resource"
                                    : "an error on the server (\"unknown\") has prevented the"
                                            + " request from succeeding"));
        }
        JsonNode review;
        try {
            review = Trees.read(answer.body());
        } catch (UncheckedIOException _) {
            throw new HookException(failed() + "couldn't get version/kind; json parse error");
        }
        String fault = fault(review);
        if (!fault.isEmpty()) {
            throw new HookException(failed() + fault);
        }
        return review.path("response").path("convertedObjects");
    }

    private String fault(JsonNode review) {
        String spoken = review.path("apiVersion").asText("");
        String kind = review.path("kind").asText("");
        if (!spoken.equals(GROUP + version) || !kind.equals(KIND)) {
            return "expected webhook response of "
                    + GROUP
                    + version
                    + ", Kind=ConversionReview, got "
                    + spoken
                    + ", Kind="
                    + kind;
        }
        JsonNode response = review.path("response");
        if (!response.isObject()) {
            return "no response provided";
        }
        String answered = response.path("uid").asText("");
        if (version.equals("v1") && !answered.equals(uid)) {
            return "expected response.uid=\"" + uid + "\", got \"" + answered + "\"";
        }
        JsonNode result = response.path("result");
        String status = result.path("status").asText("");
        if (status.equals("Success")) {
            return "";
        }
        String message = result.path("message").asText("");
        return message.isEmpty()
                ? "response.result.status was '" + status + "', not 'Success'"
                : message;
    }

    private ObjectNode checked(JsonNode made, int index) {
        String what = objects.size() == 1 ? "object" : "converted object";
        String invalid = by() + "returned invalid " + what + " at index " + index + ": ";
        if (!(made instanceof ObjectNode object)) {
            throw new HookException(invalid + "Object 'Kind' is missing");
        }
        String received = object.path("apiVersion").asText("");
        if (!received.equals(apiVersion)) {
            throw new HookException(
                    invalid
                            + "invalid groupVersion (expected "
                            + apiVersion
                            + ", received "
                            + received
                            + ")");
        }
        try {
            return ConvertedMetadata.restored(objects.get(index), object);
        } catch (HookException fault) {
            throw new HookException(invalid + fault.text());
        }
    }
}
