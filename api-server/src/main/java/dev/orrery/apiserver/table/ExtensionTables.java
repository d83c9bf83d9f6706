package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;

/** The columns of what extends the API. */
final class ExtensionTables {

    static final Columns CUSTOM_RESOURCE_DEFINITION =
            Layout.named()
                    .text("Created At", "When it was created.", "/metadata/creationTimestamp");

    static final Columns API_SERVICE =
            Layout.named()
                    .text("Service", "Who serves it.", ExtensionTables::service)
                    .text("Available", "Whether it can be reached.", ExtensionTables::available)
                    .age();

    private ExtensionTables() {}

    private static String service(JsonNode object) {
        JsonNode service = object.path("spec").path("service");
        return service.isObject()
                ? service.path("namespace").asText("") + "/" + service.path("name").asText("")
                : "Local";
    }

    private static String available(JsonNode object) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals("Available")) {
                String status = condition.path("status").asText("");
                return status.equals("True")
                        ? "True"
                        : status + " (" + condition.path("reason").asText("") + ")";
            }
        }
        return "Unknown";
    }
}
