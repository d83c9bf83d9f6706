package dev.orrery.kubelet.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is said of objects with {@code data}, and of labels: ConfigMaps, custom resources, CRDs. */
final class DataReviews {

    private static final String TEST = "webhook-e2e-test";
    private static final String DISALLOW = "webhook-disallow";
    private static final String YES = "yes";

    private DataReviews() {}

    private static boolean isConfigMaps(JsonNode request) {
        JsonNode resource = request.path("resource");
        return resource.path("group").asText("").isEmpty()
                && resource.path("version").asText("").equals("v1")
                && resource.path("resource").asText("").equals("configmaps");
    }

    private static ObjectNode noConfigMaps() {
        return Verdicts.deny("expect resource to be /v1, Resource=configmaps");
    }

    static ObjectNode configMap(JsonNode request) {
        return isConfigMaps(request)
                ? judge(
                        request,
                        "the configmap contains unwanted key and value",
                        "the configmap cannot be deleted because it contains unwanted key and"
                                + " value")
                : noConfigMaps();
    }

    static ObjectNode customResource(JsonNode request) {
        return judge(
                request,
                "the custom resource contains unwanted data",
                "the custom resource cannot be deleted because it contains unwanted key and"
                        + " value");
    }

    private static ObjectNode judge(JsonNode request, String unwanted, String kept) {
        String operation = request.path("operation").asText("");
        boolean deletes = operation.equals("DELETE");
        String said =
                request.path(deletes ? "oldObject" : "object").path("data").path(TEST).asText("");
        if (deletes && said.equals("webhook-nondeletable")) {
            return Verdicts.denyFor(kept);
        }
        boolean writes = operation.equals("CREATE") || operation.equals("UPDATE");
        return writes && said.equals(DISALLOW) ? Verdicts.denyFor(unwanted) : Verdicts.allow();
    }

    static ObjectNode changeConfigMap(JsonNode request) {
        return isConfigMaps(request) ? change(request) : noConfigMaps();
    }

    /** One stage further with each time that it is asked. */
    static ObjectNode change(JsonNode request) {
        JsonNode data = request.path("object").path("data");
        if (data.path("mutation-stage-1").asText("").equals(YES)) {
            return stage(2);
        }
        return data.path("mutation-start").asText("").equals(YES) ? stage(1) : Verdicts.allow();
    }

    private static ObjectNode stage(int number) {
        return Verdicts.patch(
                "[{\"op\": \"add\", \"path\": \"/data/mutation-stage-"
                        + number
                        + "\", \"value\": \"yes\"}]");
    }

    static ObjectNode definition(JsonNode request) {
        JsonNode resource = request.path("resource");
        String version = resource.path("version").asText("");
        boolean known =
                resource.path("group").asText("").equals("apiextensions.k8s.io")
                        && resource.path("resource").asText("").equals("customresourcedefinitions")
                        && (version.equals("v1") || version.equals("v1beta1"));
        if (!known) {
            return Verdicts.deny("expect resource to be one of customresourcedefinitions");
        }
        return request.at("/object/metadata/labels").path(TEST).asText("").equals(DISALLOW)
                ? Verdicts.deny("the crd contains unwanted label")
                : Verdicts.allow();
    }

    static ObjectNode addLabel(JsonNode request) {
        JsonNode labels = request.at("/object/metadata/labels");
        if (labels.isEmpty()) {
            return Verdicts.patch(
                    """
                    [{"op": "add", "path": "/metadata/labels", "value": {"added-label": "yes"}}]\
                    """);
        }
        if (labels.path("added-label").asText("").equals(YES)) {
            return Verdicts.allow();
        }
        String operation = labels.has("added-label") ? "replace" : "add";
        return Verdicts.patch(
                """
                [{"op": "%s", "path": "/metadata/labels/added-label", "value": "yes"}]\
                """
                        .formatted(operation));
    }
}
