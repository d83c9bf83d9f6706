package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.schema.StructType;

/**
 * How two versions of an object differ, by fields.
 *
 * @param removed that only the first has
 * @param added that only the second has
 */
public record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

    /**
     * @param ignored fields that are not looked at, with all below them
     */
    public static Comparison of(
            JsonNode before, JsonNode after, StructType type, FieldSet ignored) {
        return new Comparing().compare(before, after, ValueType.of(type), ignored);
    }

    public boolean isSame() {
        return removed.isEmpty() && modified.isEmpty() && added.isEmpty();
    }

    /** What the second has that is not so in the first. */
    public FieldSet taken() {
        return modified.union(added);
    }
}
