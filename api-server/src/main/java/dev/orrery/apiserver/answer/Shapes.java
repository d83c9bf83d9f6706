package dev.orrery.apiserver.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.table.Column;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects as trees: whole, as rows, or as nothing but their metadata. */
final class Shapes {

    private static final String META = "meta.k8s.io/";

    private Shapes() {}

    /** A stored object in a kind's version, with its resourceVersion. */
    static ObjectNode whole(Kind kind, byte[] value, long resourceVersion) {
        ObjectNode object = Trees.read(value);
        if (resourceVersion > 0) {
            object.withObjectProperty("metadata")
                    .put("resourceVersion", Long.toString(resourceVersion));
        }
        kind.conversion().fromStorage(object);
        return object;
    }

    static ObjectNode whole(Kind kind, Stored object) {
        return whole(kind, object.value(), object.resourceVersion());
    }

    static ObjectNode metadata(ObjectNode object, String version) {
        ObjectNode partial = Trees.object();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", META + version);
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    /** An empty table. */
    static ObjectNode table(String version) {
        ObjectNode table = Trees.object();
        table.put("kind", "Table").put("apiVersion", META + version);
        table.putObject("metadata");
        return table;
    }

    static void addColumns(ObjectNode table, Kind kind) {
        ArrayNode columns = table.putArray("columnDefinitions");
        for (Column column : kind.columns().columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", column.description())
                    .put("priority", column.priority());
        }
    }

    /**
     * @param include what of the object a row carries: {@code None}, {@code Object}, or empty for
     *     its metadata
     */
    static ObjectNode row(
            Kind kind, ObjectNode object, String version, String include, Instant now) {
        ObjectNode row = Trees.object();
        ArrayNode cells = row.putArray("cells");
        for (Object cell : cells(kind, object, now)) {
            cells.addPOJO(cell);
        }
        switch (include) {
            case "None" -> {}
            case "Object" -> row.set("object", object);
            default -> row.set("object", metadata(object, version));
        }
        return row;
    }

    private static List<? extends @Nullable Object> cells(Kind kind, JsonNode object, Instant now) {
        return kind.columns().cells(object, now);
    }
}
