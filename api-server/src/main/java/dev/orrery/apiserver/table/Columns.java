package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind prints as a table. Called on any thread, many at a time.
 *
 * @see Column
 */
public interface Columns {

    List<Column> columns();

    /**
     * The cells of one row, as many as there are columns: JSON numbers for integer columns, else
     * text; null where there is nothing.
     *
     * @param object with its resourceVersion; must not be changed
     * @param now for ages
     */
    List<? extends @Nullable Object> cells(JsonNode object, Instant now);
}
