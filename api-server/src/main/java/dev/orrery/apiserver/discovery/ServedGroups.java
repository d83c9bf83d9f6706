package dev.orrery.apiserver.discovery;

import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.kind.Kinds;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** All groups and their versions, whoever answers for them. */
record ServedGroups(Kinds kinds, Delegates delegates) {

    /** In discovery's order. */
    Collection<String> names() {
        Collection<String> others = delegates.groups();
        if (others.isEmpty()) {
            return kinds.groups();
        }
        Set<String> all = new LinkedHashSet<>(kinds.groups());
        all.addAll(others);
        return all;
    }

    /** Preferred first; empty if there is no such group. */
    Collection<String> versions(String group) {
        Collection<String> others = delegates.versions(group);
        if (others.isEmpty()) {
            return kinds.versions(group);
        }
        Set<String> all = new LinkedHashSet<>(kinds.versions(group));
        all.addAll(others);
        return all;
    }
}
