package dev.orrery.apiserver.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ConversionReview} of version v1: asks a webhook for objects in another version.
 *
 * @param uid of the question
 * @param count of the objects
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
public record ConversionReview(String uid, String apiVersion, int count, byte[] body) {

    private static final String API_VERSION = "apiextensions.k8s.io/v1";
    private static final String KIND = "ConversionReview";

    /**
     * @param apiVersion that is wanted, {@code example.com/v2}
     * @param objects in any other versions of the same kind
     */
    public static ConversionReview of(
            String uid, String apiVersion, List<? extends JsonNode> objects) {
        ObjectNode review = Trees.object().put("kind", KIND).put("apiVersion", API_VERSION);
        ObjectNode request = review.putObject("request");
        request.put("uid", uid).put("desiredAPIVersion", apiVersion);
        ArrayNode list = request.putArray("objects");
        objects.forEach(list::add);
        return new ConversionReview(uid, apiVersion, objects.size(), Trees.write(review));
    }

    /**
     * The objects in the wanted version, in their order.
     *
     * @throws HookException with what is wrong with the answer, to be said behind {@code conversion
     *     webhook for ... failed:}
     */
    public List<ObjectNode> objects(HookAnswer answer) {
        if (answer.code() != 200) {
            throw new HookException(
                    "an error on the server (\"unknown\") has prevented the request from"
                            + " succeeding");
        }
        JsonNode review;
        try {
            review = Trees.read(answer.body());
        } catch (UncheckedIOException _) {
            throw new HookException("couldn't get version/kind; json parse error");
        }
        JsonNode response = response(review);
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode object : response.path("convertedObjects")) {
            if (object instanceof ObjectNode converted) {
                objects.add(checked(converted, objects.size()));
            }
        }
        if (objects.size() != count) {
            throw new HookException(
                    "expected " + count + " converted objects, got " + objects.size());
        }
        return objects;
    }

    private JsonNode response(JsonNode review) {
        String version = review.path("apiVersion").asText("");
        if (!version.equals(API_VERSION) || !review.path("kind").asText("").equals(KIND)) {
            throw new HookException(
                    "expected webhook response of "
                            + API_VERSION
                            + ", Kind=ConversionReview, got "
                            + version
                            + ", Kind="
                            + review.path("kind").asText(""));
        }
        JsonNode response = review.path("response");
        if (!response.isObject()) {
            throw new HookException("no response provided");
        }
        String answered = response.path("uid").asText("");
        if (!answered.equals(uid)) {
            throw new HookException(
                    "expected response.uid=\"" + uid + "\", got \"" + answered + "\"");
        }
        if (!response.path("result").path("status").asText("").equals("Success")) {
            String message = response.path("result").path("message").asText("");
            throw new HookException(
                    message.isEmpty() ? "response.result.status was not Success" : message);
        }
        return response;
    }

    private ObjectNode checked(ObjectNode converted, int index) {
        String version = converted.path("apiVersion").asText("");
        if (!version.equals(apiVersion)) {
            throw new HookException(
                    "invalid converted object at index "
                            + index
                            + ": invalid groupVersion (expected "
                            + apiVersion
                            + ", received "
                            + version
                            + ")");
        }
        return converted;
    }
}
