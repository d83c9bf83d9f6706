package dev.orrery.apiserver.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** An object's metadata, read and written in place. */
public record Metadata(ObjectNode fields) {

    public static final String NAME = "name";
    public static final String GENERATE_NAME = "generateName";
    public static final String NAMESPACE = "namespace";
    public static final String UID = "uid";
    public static final String RESOURCE_VERSION = "resourceVersion";
    public static final String CREATION = "creationTimestamp";
    public static final String DELETION = "deletionTimestamp";
    public static final String GRACE = "deletionGracePeriodSeconds";
    public static final String GENERATION = "generation";
    public static final String FINALIZERS = "finalizers";

    /** Adds the metadata to an object that has none. */
    public static Metadata of(ObjectNode object) {
        return new Metadata(object.withObjectProperty("metadata"));
    }

    /** Empty where it is missing. */
    public String text(String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? "" : value.asText();
    }

    public String name() {
        return text(NAME);
    }

    public String uid() {
        return text(UID);
    }

    public boolean isDeleting() {
        return !text(DELETION).isEmpty();
    }

    /** Of an object that is being deleted: 0 where it has none. */
    public long graceSeconds() {
        return fields.path(GRACE).asLong(0);
    }

    public long generation() {
        return fields.path(GENERATION).asLong(0);
    }

    public List<String> finalizers() {
        List<String> finalizers = new ArrayList<>();
        for (JsonNode finalizer : fields.path(FINALIZERS)) {
            finalizers.add(finalizer.asText());
        }
        return finalizers;
    }

    public boolean hasFinalizers() {
        return !fields.path(FINALIZERS).isEmpty();
    }

    public void setFinalizers(List<String> finalizers) {
        if (finalizers.isEmpty()) {
            fields.remove(FINALIZERS);
            return;
        }
        ArrayNode array = fields.putArray(FINALIZERS);
        finalizers.forEach(array::add);
    }

    public void put(String field, String value) {
        fields.put(field, value);
    }

    public void put(String field, long value) {
        // as a parsed number would be, so that trees compare equal
        if (value == (int) value) {
            fields.put(field, (int) value);
        } else {
            fields.put(field, value);
        }
    }

    public void remove(String field) {
        fields.remove(field);
    }

    /** Takes a field from another version of the object, or takes it away. */
    public void copy(String field, Metadata from) {
        JsonNode value = from.fields.get(field);
        if (value == null) {
            fields.remove(field);
        } else {
            fields.set(field, value);
        }
    }
}
