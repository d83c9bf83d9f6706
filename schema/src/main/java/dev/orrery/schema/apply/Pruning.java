package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.StructType;

/**
 * Takes away what a client has applied before and applies no more, unless somebody else owns it.
 */
public final class Pruning {

    private Pruning() {}

    /**
     * All in the version that the client applied in last.
     *
     * @param merged what there is, with what the client applies now over it
     * @param last what the client applied last
     * @param owned what anybody owns now, the client by what it applies now
     */
    public static ObjectNode prune(
            ObjectNode merged, FieldSet last, FieldSet owned, StructType type) {
        FieldSet lastNamed = NamedFields.added(last, type);
        FieldSet all = named(merged, type);
        ObjectNode pruned = Remover.remove(merged, lastNamed, type);
        FieldSet kept = named(pruned, type).union(NamedFields.added(owned, type));
        pruned = Remover.remove(merged, all.difference(kept), type);
        FieldSet gone = all.difference(named(pruned, type));
        return Remover.remove(merged, gone.intersection(lastNamed), type);
    }

    private static FieldSet named(ObjectNode object, StructType type) {
        return NamedFields.added(OwnedFields.of(object, type), type);
    }
}
