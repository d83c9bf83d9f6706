package dev.orrery.schema.build;

import java.util.Arrays;
import java.util.List;

/** The query parameters of requests, and the verbs that take them. */
enum QueryParameters {
    PRETTY("pretty", "string", "create get list update patch delete deletecollection"),
    DRY_RUN("dryRun", "string", "create update patch delete deletecollection"),
    FIELD_MANAGER("fieldManager", "string", "create update patch"),
    FIELD_VALIDATION("fieldValidation", "string", "create update patch"),
    FORCE("force", "boolean", "patch"),
    GRACE_PERIOD_SECONDS("gracePeriodSeconds", "integer", "delete deletecollection"),
    ORPHAN_DEPENDENTS("orphanDependents", "boolean", "delete deletecollection"),
    PROPAGATION_POLICY("propagationPolicy", "string", "delete deletecollection"),
    ALLOW_WATCH_BOOKMARKS("allowWatchBookmarks", "boolean", "list"),
    CONTINUE("continue", "string", "list deletecollection"),
    FIELD_SELECTOR("fieldSelector", "string", "list deletecollection"),
    LABEL_SELECTOR("labelSelector", "string", "list deletecollection"),
    LIMIT("limit", "integer", "list deletecollection"),
    RESOURCE_VERSION("resourceVersion", "string", "list deletecollection"),
    RESOURCE_VERSION_MATCH("resourceVersionMatch", "string", "list deletecollection"),
    SEND_INITIAL_EVENTS("sendInitialEvents", "boolean", "list deletecollection"),
    TIMEOUT_SECONDS("timeoutSeconds", "integer", "list deletecollection"),
    WATCH("watch", "boolean", "list");

    private final String text;
    private final String type;
    private final String verbs;

    QueryParameters(String text, String type, String verbs) {
        this.text = text;
        this.type = type;
        this.verbs = verbs;
    }

    String text() {
        return text;
    }

    String type() {
        return type;
    }

    static List<QueryParameters> of(String verb) {
        return Arrays.stream(values())
                .filter(p -> List.of(p.verbs.split(" ")).contains(verb))
                .toList();
    }
}
