package dev.orrery.schema.apply;

import dev.orrery.schema.StructType;
import org.jspecify.annotations.Nullable;

/** Adds to a set the structs' fields that lead to others: of {@code a.b.c} also {@code a}. */
final class NamedFields {

    private NamedFields() {}

    static FieldSet added(FieldSet set, StructType type) {
        return added(set, ValueType.of(type), false);
    }

    private static FieldSet added(FieldSet set, @Nullable ValueType type, boolean named) {
        FieldSet out = FieldSet.growing();
        copy(set, type, named, out);
        return out;
    }

    private static void copy(FieldSet set, @Nullable ValueType type, boolean named, FieldSet out) {
        if (set.isMember() || (named && !set.children().isEmpty())) {
            out.becomeMember();
        }
        set.children()
                .forEach((element, child) -> {
                    ValueType below = null;
                    boolean declared = false;
                    if (type != null && Element.isField(element)) {
                        String name = Element.text(element);
                        below = type.member(name);
                        declared = type.declares(name);
                    } else if (type != null && Element.isKey(element)) {
                        below = type.item();
                    }
                    copy(child, below, declared, out.grow(element));
                });
    }
}
