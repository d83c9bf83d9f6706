package dev.orrery.apiserver.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.orrery.apiserver.cel.DeclaredType.ListOf;
import dev.orrery.apiserver.cel.DeclaredType.MapOf;
import dev.orrery.apiserver.cel.DeclaredType.Member;
import dev.orrery.apiserver.cel.DeclaredType.Opaque;
import dev.orrery.apiserver.cel.DeclaredType.Scalar;
import dev.orrery.apiserver.cel.DeclaredType.Struct;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Declared types as the checker knows types. A struct is found by its name as soon as something has
 * been said to be of it, which is always before the checker looks it up.
 */
@SuppressWarnings("Immutable") // grows with what is asked for; safe for threads
final class StructTypes implements CelTypeProvider {

    private final Map<String, StructType> structs = new ConcurrentHashMap<>();

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }

    CelType of(DeclaredType type) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case ListOf(DeclaredType element) -> ListType.create(of(element));
            case MapOf(DeclaredType value) -> MapType.create(SimpleType.STRING, of(value));
            case Opaque(String name) -> OpaqueType.create(name);
            case Struct struct -> struct(struct);
        };
    }

    /** What is known of the value of an expression; structs are looked at when it is used. */
    static DeclaredType declared(CelType type) {
        return switch (type) {
            case ListType list when list.hasElemType() -> new ListOf(declared(list.elemType()));
            case MapType map when map.keyType().kind() == CelKind.STRING ->
                    new MapOf(declared(map.valueType()));
            default ->
                    switch (type.kind()) {
                        case BOOL -> DeclaredType.BOOL;
                        case INT -> DeclaredType.INT;
                        case DOUBLE -> DeclaredType.DOUBLE;
                        case STRING -> DeclaredType.STRING;
                        case BYTES -> DeclaredType.BYTES;
                        case TIMESTAMP -> DeclaredType.TIMESTAMP;
                        case DURATION -> DeclaredType.DURATION;
                        default -> DeclaredType.DYN;
                    };
        };
    }

    private static CelType scalar(Scalar scalar) {
        return switch (scalar) {
            case DYN -> SimpleType.DYN;
            case BOOL -> SimpleType.BOOL;
            case INT -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
        };
    }

    private StructType struct(Struct struct) {
        StructType known = structs.get(struct.name());
        if (known != null) {
            return known;
        }
        Map<String, Member> members = struct.members().get();
        StructType made =
                StructType.create(
                        struct.name(),
                        ImmutableSet.copyOf(members.keySet()),
                        field -> Optional.ofNullable(members.get(field)).map(m -> of(m.type())));
        StructType earlier = structs.putIfAbsent(struct.name(), made);
        return earlier == null ? made : earlier;
    }
}
