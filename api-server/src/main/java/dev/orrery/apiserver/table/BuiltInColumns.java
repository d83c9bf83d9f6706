package dev.orrery.apiserver.table;

import dev.orrery.machinery.log.GroupResource;
import java.util.Map;

/** Which columns a built-in kind has, by where it is stored. */
public final class BuiltInColumns {

    private static final Map<GroupResource, Columns> ALL = Map.of();

    private BuiltInColumns() {}

    public static Columns of(GroupResource storage) {
        return ALL.getOrDefault(storage, NameAndAge.COLUMNS);
    }
}
