package dev.orrery.apiserver.table;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns put together one by one, each with what fills it. A Layout never changes: every method
 * gives a longer one.
 */
final class Layout implements Columns {

    /** Fills one column. */
    @FunctionalInterface
    interface Cell {
        Object of(JsonNode object, Instant now);
    }

    /** Fills one column whatever the time. */
    @FunctionalInterface
    interface Value {
        Object of(JsonNode object);
    }

    private record Part(Column column, Cell cell) {}

    private static final JsonPointer CREATED = JsonPointer.compile("/metadata/creationTimestamp");
    private static final String AGE = "How long ago the object was created.";

    private final List<Part> parts;
    private final List<Column> columns;

    private Layout(List<Part> parts) {
        this.parts = parts;
        this.columns = parts.stream().map(Part::column).toList();
    }

    static Layout empty() {
        return new Layout(List.of());
    }

    /** Begins with the name. */
    static Layout named() {
        return empty().with(
                        new Column("Name", "string", "name", "The name of the object.", 0),
                        (object, now) -> Layout.name(object));
    }

    /** Begins with a name that says more than the object's. */
    Layout named(String column, Value value) {
        return with(
                new Column(column, "string", "name", "The name of the object.", 0),
                (object, now) -> value.of(object));
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText("");
    }

    private Layout with(Column column, Cell cell) {
        List<Part> longer = new ArrayList<>(parts);
        longer.add(new Part(column, cell));
        return new Layout(List.copyOf(longer));
    }

    Layout text(String name, String description, Value value) {
        return with(column(name, "string", description, 0), (object, now) -> value.of(object));
    }

    /** The text at that place; empty where there is none. */
    Layout text(String name, String description, String pointer) {
        JsonPointer place = JsonPointer.compile(pointer);
        return text(name, description, object -> object.at(place).asText(""));
    }

    Layout timed(String name, String description, Cell cell) {
        return with(column(name, "string", description, 0), cell);
    }

    /** The whole number at that place; zero where there is none. */
    Layout number(String name, String description, String pointer) {
        JsonPointer place = JsonPointer.compile(pointer);
        return number(name, description, object -> object.at(place).asLong());
    }

    Layout number(String name, String description, Value value) {
        return with(column(name, "integer", description, 0), (object, now) -> value.of(object));
    }

    Layout flag(String name, String description, String pointer, boolean whenAbsent) {
        JsonPointer place = JsonPointer.compile(pointer);
        return with(
                column(name, "boolean", description, 0),
                (object, now) -> object.at(place).asBoolean(whenAbsent));
    }

    /** Shown only in the wide form. */
    Layout wide(String name, String description, Value value) {
        return with(column(name, "string", description, 1), (object, now) -> value.of(object));
    }

    Layout wideTimed(String name, String description, Cell cell) {
        return with(column(name, "string", description, 1), cell);
    }

    Layout wideName() {
        return with(
                new Column("Name", "string", "name", "The name of the object.", 1),
                (object, now) -> name(object));
    }

    Layout age() {
        return timed("Age", AGE, (object, now) -> Age.of(object.at(CREATED), now));
    }

    private static Column column(String name, String type, String description, int priority) {
        return new Column(name, type, "", description, priority);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public List<Object> cells(JsonNode object, Instant now) {
        List<Object> cells = new ArrayList<>(parts.size());
        for (Part part : parts) {
            cells.add(part.cell().of(object, now));
        }
        return cells;
    }
}
