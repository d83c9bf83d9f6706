package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that a definition names, behind the object's name; its age where it names none. */
public final class CustomColumns implements Columns {

    private static final String NAME =
            "Name must be unique within a namespace. Is required when creating resources, although"
                    + " some resources may allow a client to request the generation of an"
                    + " appropriate name automatically. Name is primarily intended for creation"
                    + " idempotence and configuration definition. Cannot be updated. More info:"
                    + " https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names";

    private static final String CREATED =
            "CreationTimestamp is a timestamp representing the server time when this object was"
                    + " created. It is not guaranteed to be set in happens-before order across"
                    + " separate operations. Clients may not set this value. It is represented in"
                    + " RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for"
                    + " lists. More info:"
                    + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

    private final List<Column> columns;
    private final List<JsonPath> paths;

    private CustomColumns(List<Column> columns, List<JsonPath> paths) {
        this.columns = List.copyOf(columns);
        this.paths = List.copyOf(paths);
    }

    /**
     * @param given {@code additionalPrinterColumns}; one that cannot be read ends the columns
     */
    public static CustomColumns of(JsonNode given) {
        List<Column> columns = new ArrayList<>();
        List<JsonPath> paths = new ArrayList<>();
        columns.add(new Column("Name", "string", "name", NAME, 0));
        if (given.isEmpty()) {
            columns.add(new Column("Age", "date", "", CREATED, 0));
            paths.add(JsonPath.parse(".metadata.creationTimestamp"));
        }
        for (JsonNode column : given) {
            JsonPath path = path(column.path("jsonPath").asText(""));
            if (path == null) {
                break;
            }
            columns.add(column(column));
            paths.add(path);
        }
        return new CustomColumns(columns, paths);
    }

    private static @Nullable JsonPath path(String text) {
        try {
            return JsonPath.parse(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Column column(JsonNode given) {
        String description = given.path("description").asText("");
        return new Column(
                given.path("name").asText(""),
                given.path("type").asText(""),
                given.path("format").asText(""),
                description.isEmpty()
                        ? "Custom resource definition column (in JSONPath format): "
                                + given.path("jsonPath").asText("")
                        : description,
                given.path("priority").asInt());
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public List<@Nullable Object> cells(JsonNode object, Instant now) {
        List<@Nullable Object> cells = new ArrayList<>(columns.size());
        cells.add(Layout.name(object));
        for (int i = 0; i < paths.size(); i++) {
            List<JsonNode> found = paths.get(i).find(object);
            cells.add(
                    found.isEmpty()
                            ? null
                            : cell(columns.get(i + 1).type(), found.getFirst(), now));
        }
        return cells;
    }

    private static @Nullable Object cell(String type, JsonNode value, Instant now) {
        return switch (type) {
            case "integer" -> value.isNumber() ? (Object) value.longValue() : null;
            case "number" ->
                    value.isIntegralNumber()
                            ? (Object) value.longValue()
                            : value.isNumber() ? (Object) value.doubleValue() : null;
            case "boolean" -> value.isBoolean() ? (Object) value.booleanValue() : null;
            case "date" -> date(value, now);
            default -> value.isNull() ? "<nil>" : value.asText(value.toString());
        };
    }

    private static @Nullable Object date(JsonNode value, Instant now) {
        if (!value.isTextual()) {
            return null;
        }
        return Age.parse(value) == null ? "<invalid>" : Age.of(value, now);
    }
}
