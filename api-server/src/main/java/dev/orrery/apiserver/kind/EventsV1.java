package dev.orrery.apiserver.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code events.k8s.io/v1} Events are the core group's, under other names. */
final class EventsV1 implements Conversion {

    private static final String SERIES = "series";

    @Override
    public void toStorage(ObjectNode event) {
        event.put("apiVersion", "v1");
        move(event, "regarding", "involvedObject");
        move(event, "note", "message");
        move(event, "reportingController", "reportingComponent");
        move(event, "deprecatedSource", "source");
        move(event, "deprecatedFirstTimestamp", "firstTimestamp");
        move(event, "deprecatedLastTimestamp", "lastTimestamp");
        move(event, "deprecatedCount", "count");
    }

    @Override
    public void fromStorage(ObjectNode event) {
        event.put("apiVersion", "events.k8s.io/v1");
        move(event, "involvedObject", "regarding");
        move(event, "message", "note");
        move(event, "reportingComponent", "reportingController");
        move(event, "source", "deprecatedSource");
        move(event, "firstTimestamp", "deprecatedFirstTimestamp");
        move(event, "lastTimestamp", "deprecatedLastTimestamp");
        move(event, "count", "deprecatedCount");
        if (event.path(SERIES).isNull()) {
            event.remove(SERIES);
        }
    }

    private static void move(ObjectNode object, String from, String to) {
        JsonNode value = object.remove(from);
        if (value != null) {
            object.set(to, value);
        }
    }
}
