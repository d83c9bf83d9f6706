package dev.orrery.apiserver.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.ownership.Owner.Operation;
import dev.orrery.schema.apply.Comparison;
import dev.orrery.schema.apply.FieldSet;

/**
 * What one owner owns.
 *
 * @param apiVersion that the fields are named in
 * @param time of the owner's last change; empty where it never made one
 * @param json the fields in the one way to write them: most entries are only looked at, and looked
 *     at as they are
 */
record Entry(Owner owner, String apiVersion, String time, ObjectNode json) {

    private static final String FIELDS_V1 = "FieldsV1";

    static Entry of(Owner owner, String apiVersion, String time, FieldSet fields) {
        return new Entry(owner, apiVersion, time, fields.toJson());
    }

    FieldSet fields() {
        return FieldSet.ofJson(json);
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    /** Loses what somebody else has changed, and what is no more. */
    Entry after(Comparison changes) {
        if (!changes.modified().meets(json)
                && !changes.added().meets(json)
                && !changes.removed().meets(json)) {
            return this;
        }
        return with(fields().difference(changes.taken()).difference(changes.removed()), time);
    }

    Entry with(FieldSet fields, String newTime) {
        return of(owner, apiVersion, newTime, fields);
    }

    Entry at(String newTime) {
        return new Entry(owner, apiVersion, newTime, json);
    }

    ObjectNode toJson() {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("manager", owner.manager());
        entry.put("operation", owner.operation().name());
        entry.put("apiVersion", apiVersion);
        if (!time.isEmpty()) {
            entry.put("time", time);
        }
        entry.put("fieldsType", FIELDS_V1);
        entry.set("fieldsV1", json);
        if (!owner.subresource().isEmpty()) {
            entry.put("subresource", owner.subresource());
        }
        return entry;
    }

    /** One of those that the api-server itself wrote. */
    static Entry ofOwn(JsonNode entry) {
        Operation operation = Operation.valueOf(text(entry, "operation"));
        String apiVersion = text(entry, "apiVersion");
        Owner owner =
                new Owner(
                        text(entry, "manager"),
                        operation,
                        operation == Operation.Apply ? "" : apiVersion,
                        text(entry, "subresource"));
        ObjectNode fields =
                entry.get("fieldsV1") instanceof ObjectNode some
                        ? some
                        : JsonNodeFactory.instance.objectNode();
        return new Entry(owner, apiVersion, text(entry, "time"), fields);
    }

    /**
     * One that a client sent.
     *
     * @throws IllegalArgumentException where it makes no sense
     */
    static Entry ofClient(JsonNode entry) {
        if (text(entry, "apiVersion").isEmpty()) {
            throw new IllegalArgumentException("apiVersion must not be empty");
        }
        if (!text(entry, "fieldsType").equals(FIELDS_V1)) {
            throw new IllegalArgumentException("missing fieldsType in managed fields entry");
        }
        Entry own = ofOwn(entry);
        return own.with(own.fields(), own.time());
    }

    private static String text(JsonNode entry, String field) {
        return entry.path(field).asText("");
    }
}
