package dev.orrery.schema;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A type with named fields. Immutable; its fields are read when they are first asked for. */
public final class StructType {

    private final String name;
    private final String goName;
    private final boolean atomic;
    private final @Nullable Shape others;
    private final Supplier<Members> source;
    private volatile @Nullable Members members;

    StructType(String name, boolean atomic, TypeTable table, int number) {
        this(name, atomic, null, () -> table.members(number));
    }

    StructType(String name, boolean atomic, @Nullable Shape others, Members members) {
        this(name, atomic, others, () -> members);
    }

    private StructType(
            String name, boolean atomic, @Nullable Shape others, Supplier<Members> source) {
        this.name = name;
        this.goName = name.substring(name.lastIndexOf('.') + 1);
        this.atomic = atomic;
        this.others = others;
        this.source = source;
    }

    /** The fields; by their numbers in protobuf also the types whose fields belong to this one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared nor given away
    record Members(List<Field> fields, Map<String, Field> byName, @Nullable Object[] byNumber) {}

    private Members members() {
        Members known = members;
        if (known == null) {
            known = source.get();
            members = known;
        }
        return known;
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

    /** What fields may hold that are not declared; null where there may be none. */
    public @Nullable Shape others() {
        return others;
    }

    public List<Field> fields() {
        return members().fields;
    }

    public @Nullable Field field(String fieldName) {
        return members().byName.get(fieldName);
    }

    /** A {@link Field}, or the {@link StructType} whose fields belong to this type, or null. */
    @Nullable Object numbered(int protobufNumber) {
        @Nullable Object[] byNumber = members().byNumber;
        return protobufNumber < byNumber.length ? byNumber[protobufNumber] : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
