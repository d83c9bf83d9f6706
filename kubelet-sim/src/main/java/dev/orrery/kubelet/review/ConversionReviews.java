package dev.orrery.kubelet.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;

/**
 * The conversion webhook of agnhost: of {@code hostPort} in v1 it makes {@code host} and {@code
 * port} in v2, and the other way round.
 */
public final class ConversionReviews {

    private static final String V1 = "stable.example.com/v1";
    private static final String V2 = "stable.example.com/v2";
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String BOTH = "hostPort";

    private ConversionReviews() {}

    public static HttpResponse answer(HttpRequest request) {
        String type = request.header("Content-Type");
        if (!type.equals("application/json")) {
            return HttpResponse.text(400, "invalid Content-Type header `" + type + "`\n");
        }
        return Reviews.answer(
                request, "apiextensions.k8s.io", "ConversionReview", ConversionReviews::respond);
    }

    private static final class Refused extends RuntimeException {
        Refused(String why) {
            super(why, null, false, false);
        }
    }

    private static ObjectNode respond(JsonNode request) {
        String wanted = request.path("desiredAPIVersion").asText("");
        ObjectNode response = Reviews.object();
        ArrayNode converted = response.putArray("convertedObjects");
        try {
            for (JsonNode object : request.path("objects")) {
                converted.add(convert(object.deepCopy(), wanted));
            }
            response.putObject("result").put("status", "Success");
        } catch (Refused refused) {
            converted.removeAll();
            response.putObject("result")
                    .put("status", "Failure")
                    .put("message", refused.getMessage());
        }
        return response;
    }

    private static ObjectNode convert(ObjectNode object, String wanted) {
        String given = object.path("apiVersion").asText("");
        if (given.equals(wanted)) {
            throw new Refused(
                    "conversion from a version to itself should not call the webhook: " + wanted);
        }
        if (given.equals(V1) && wanted.equals(V2)) {
            split(object);
        } else if (given.equals(V2) && wanted.equals(V1)) {
            join(object);
        } else {
            boolean known = given.equals(V1) || given.equals(V2);
            throw new Refused("unexpected conversion version \"" + (known ? wanted : given) + "\"");
        }
        return object.put("apiVersion", wanted);
    }

    private static void split(ObjectNode object) {
        JsonNode both = object.remove(BOTH);
        if (both == null) {
            return;
        }
        String[] parts = both.asText("").split(":", -1);
        if (parts.length != 2) {
            throw new Refused("invalid hostPort value `" + both.asText("") + "`");
        }
        object.put(HOST, parts[0]).put(PORT, parts[1]);
    }

    private static void join(ObjectNode object) {
        JsonNode host = object.remove(HOST);
        JsonNode port = object.remove(PORT);
        if (host != null || port != null) {
            object.put(
                    BOTH,
                    (host == null ? "" : host.asText())
                            + ":"
                            + (port == null ? "" : port.asText()));
        }
    }
}
