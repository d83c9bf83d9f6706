package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** What a kind prints that has no columns of its own. */
public final class NameAndAge implements Columns {

    public static final Columns COLUMNS = new NameAndAge();

    private static final List<Column> HEADERS =
            List.of(
                    new Column(
                            "Name", "string", "name", "Name must be unique within a namespace.", 0),
                    new Column("Age", "string", "", "Time since the object was created.", 0));

    private NameAndAge() {}

    @Override
    public List<Column> columns() {
        return HEADERS;
    }

    @Override
    public List<Object> cells(JsonNode object, Instant now) {
        JsonNode metadata = object.path("metadata");
        return List.of(
                metadata.path("name").asText(), Age.of(metadata.path("creationTimestamp"), now));
    }
}
