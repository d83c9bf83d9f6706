package dev.orrery.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type with named fields. Filled once while {@link Schemas} loads, immutable afterwards. */
public final class StructType {

    private final String name;
    private final String goName;
    private final boolean atomic;
    private List<Field> fields = List.of();
    private Map<String, Field> byName = Map.of();
    private @Nullable Object[] byNumber = {};

    StructType(String name, boolean atomic) {
        this.name = name;
        this.goName = name.substring(name.lastIndexOf('.') + 1);
        this.atomic = atomic;
    }

    /** As in OpenAPI: {@code io.k8s.api.apps.v1.DeploymentSpec}. */
    public String name() {
        return name;
    }

    /** {@code DeploymentSpec}. */
    public String goName() {
        return goName;
    }

    /** Server-side apply owns it as a whole. */
    public boolean atomic() {
        return atomic;
    }

    public List<Field> fields() {
        return fields;
    }

    public @Nullable Field field(String fieldName) {
        return byName.get(fieldName);
    }

    /** A {@link Field}, or the {@link StructType} whose fields belong to this type, or null. */
    @Nullable Object numbered(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    void fill(List<Field> all, Map<String, Field> names, @Nullable Object[] numbers) {
        fields = Collections.unmodifiableList(all);
        byName = names;
        byNumber = numbers;
    }

    @Override
    public String toString() {
        return name;
    }
}
