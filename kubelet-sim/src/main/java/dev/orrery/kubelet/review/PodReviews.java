package dev.orrery.kubelet.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is said of pods. */
final class PodReviews {

    private static final String ADDED = "webhook-added-init-container";
    private static final String SIDECAR = "webhook-added-sidecar";
    private static final String ATTACHED = "to-be-attached-pod";

    private PodReviews() {}

    static boolean isPods(JsonNode request) {
        JsonNode resource = request.path("resource");
        return resource.path("group").asText("").isEmpty()
                && resource.path("version").asText("").equals("v1")
                && resource.path("resource").asText("").equals("pods");
    }

    private static ObjectNode noPods() {
        return Verdicts.deny("expect resource to be /v1, Resource=pods");
    }

    /** A pod that is to be left waiting for its answer. */
    static boolean isToHang(JsonNode request) {
        return isPods(request) && label(request).equals("wait-forever");
    }

    private static String label(JsonNode request) {
        return request.at("/object/metadata/labels/webhook-e2e-test").asText("");
    }

    static ObjectNode admit(JsonNode request) {
        if (!isPods(request)) {
            return noPods();
        }
        StringBuilder faults = new StringBuilder();
        if (label(request).equals("webhook-disallow")) {
            faults.append("the pod contains unwanted label; ");
        }
        for (JsonNode container : request.at("/object/spec/containers")) {
            if (container.path("name").asText("").contains("webhook-disallow")) {
                faults.append("the pod contains unwanted container name; ");
            }
        }
        return faults.isEmpty() ? Verdicts.allow() : Verdicts.deny(faults.toString().strip());
    }

    static ObjectNode attach(JsonNode request) {
        if (!request.path("name").asText("").equals(ATTACHED)) {
            return Verdicts.allow();
        }
        if (!isPods(request)) {
            return noPods();
        }
        String part = request.path("subResource").asText("");
        if (!part.equals("attach")) {
            return Verdicts.deny("expect subresource to be attach, got " + part);
        }
        JsonNode options = request.path("object");
        boolean unwanted =
                options.path("stdin").asBoolean()
                        && options.path("container").asText("").equals("container1");
        return unwanted
                ? Verdicts.deny("attaching to pod '" + ATTACHED + "' is not allowed")
                : Verdicts.allow();
    }

    static ObjectNode addInitContainer(JsonNode request) {
        if (!isPods(request)) {
            return noPods();
        }
        boolean meant =
                request.at("/object/metadata/name").asText("").equals("webhook-to-be-mutated")
                        && !has(request.at("/object/spec/initContainers"), ADDED);
        return meant
                ? Verdicts.patch(
                        """
                        [{"op": "add", "path": "/spec/initContainers", "value":
                          [{"image": "webhook-added-image", "name": "%s", "resources": {}}]}]\
                        """
                                .formatted(ADDED))
                : Verdicts.allow();
    }

    static ObjectNode addSidecar(JsonNode request, String image) {
        if (image.isEmpty()) {
            ObjectNode refusal = Verdicts.deny("No image specified by the sidecar-image parameter");
            refusal.withObjectProperty("status").put("status", "Failure").put("code", 500);
            return refusal;
        }
        if (!isPods(request)) {
            return noPods();
        }
        return has(request.at("/object/spec/containers"), SIDECAR)
                ? Verdicts.allow()
                : Verdicts.patch(
                        """
                        [{"op": "add", "path": "/spec/containers/-", "value":
                          {"image": "%s", "name": "%s", "resources": {}}}]\
                        """
                                .formatted(image, SIDECAR));
    }

    private static boolean has(JsonNode containers, String name) {
        for (JsonNode container : containers) {
            if (container.path("name").asText("").equals(name)) {
                return true;
            }
        }
        return false;
    }
}
