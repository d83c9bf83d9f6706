package dev.orrery.apiserver.cel;

import java.util.Map;
import java.util.function.Supplier;

/** What is known of a variable before there is a value. Immutable. */
public sealed interface DeclaredType {

    /** Anything; looked at when the expression runs. */
    DeclaredType DYN = Scalar.DYN;

    DeclaredType BOOL = Scalar.BOOL;
    DeclaredType INT = Scalar.INT;
    DeclaredType DOUBLE = Scalar.DOUBLE;
    DeclaredType STRING = Scalar.STRING;
    DeclaredType BYTES = Scalar.BYTES;
    DeclaredType TIMESTAMP = Scalar.TIMESTAMP;
    DeclaredType DURATION = Scalar.DURATION;

    /** A value without parts. Bytes come from base64, times and durations from text. */
    enum Scalar implements DeclaredType {
        DYN,
        BOOL,
        INT,
        DOUBLE,
        STRING,
        BYTES,
        TIMESTAMP,
        DURATION
    }

    /** A list whose elements are alike. */
    record ListOf(DeclaredType element) implements DeclaredType {}

    /** A map from any text. */
    record MapOf(DeclaredType value) implements DeclaredType {}

    /** One of the opaque things that only functions look into, as {@code authorizer}. */
    record Opaque(String name) implements DeclaredType {}

    /**
     * An object with named fields. Types that contain themselves are told lazily.
     *
     * @param name as messages show it; unique in an environment
     */
    record Struct(String name, Supplier<Map<String, Member>> members) implements DeclaredType {

        public static Struct of(String name, Map<String, Member> members) {
            Map<String, Member> fixed = Map.copyOf(members);
            return new Struct(name, () -> fixed);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A field of a struct.
     *
     * @param property its name in JSON; the expression's name may be an escaped one
     */
    record Member(String property, DeclaredType type) {}
}
