package dev.orrery.kubelet.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A review as it comes over HTTP, and its answer. */
final class Reviews {

    private static final JsonMapper JSON = new JsonMapper();

    private Reviews() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The answer to a request.
     *
     * @param group whose versions v1 and v1beta1 are understood
     * @param respond makes of a review's request its response, but for the uid
     */
    static HttpResponse answer(
            HttpRequest request, String group, String kind, UnaryOperator<JsonNode> respond) {
        JsonNode review;
        try {
            review = JSON.readTree(request.body());
        } catch (IOException _) {
            return refusal(
                    "Request could not be decoded: couldn't get version/kind; json parse error");
        }
        String apiVersion = review.path("apiVersion").asText("");
        boolean known =
                review.path("kind").asText("").equals(kind)
                        && (apiVersion.equals(group + "/v1")
                                || apiVersion.equals(group + "/v1beta1"));
        if (!known) {
            return refusal(
                    "Unsupported group version kind: "
                            + apiVersion
                            + ", Kind="
                            + review.path("kind").asText(""));
        }
        ObjectNode answer = object().put("kind", kind).put("apiVersion", apiVersion);
        ObjectNode response = answer.putObject("response");
        JsonNode asked = review.path("request");
        response.put("uid", asked.path("uid").asText(""));
        response.setAll((ObjectNode) respond.apply(asked));
        return HttpResponse.of(200, "application/json", bytes(answer));
    }

    private static HttpResponse refusal(String why) {
        return HttpResponse.text(400, why + "\n");
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
