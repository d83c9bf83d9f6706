package dev.orrery.machinery.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * The objects of one kind at one point of the log, with their look-ups. Immutable: a change makes
 * another one that shares all but the changed path, so readers need no lock and a list that was
 * handed out never changes.
 *
 * <p>Invariant: every look-up holds exactly the objects of {@code byKey} that it yields a value
 * for, and holds no empty group.
 */
record Objects<T extends HasMetadata>(
        List<Index<T>> indexes,
        TreePMap<ObjectName, T> byKey,
        Map<Index<T>, HashPMap<String, TreePMap<ObjectName, T>>> groups) {

    static <T extends HasMetadata> Objects<T> none(List<Index<T>> indexes) {
        Map<Index<T>, HashPMap<String, TreePMap<ObjectName, T>>> groups = new HashMap<>();
        for (Index<T> index : indexes) {
            groups.put(index, HashTreePMap.empty());
        }
        return new Objects<>(List.copyOf(indexes), TreePMap.empty(), Map.copyOf(groups));
    }

    @Nullable T get(ObjectName name) {
        return byKey.get(name);
    }

    Collection<T> all() {
        return byKey.values();
    }

    Collection<T> in(String namespace) {
        SortedMap<ObjectName, T> part =
                byKey.subMap(ObjectName.first(namespace), ObjectName.afterAll(namespace));
        return part.values();
    }

    Collection<T> group(Index<T> index, String value) {
        HashPMap<String, TreePMap<ObjectName, T>> group = groups.get(index);
        if (group == null) {
            throw new IllegalArgumentException("no such index: " + index.name());
        }
        TreePMap<ObjectName, T> members = group.get(value);
        return members == null ? List.of() : members.values();
    }

    /** With one object added, replaced, or (null) gone. */
    Objects<T> with(ObjectName name, @Nullable T after) {
        T before = byKey.get(name);
        TreePMap<ObjectName, T> objects =
                after == null ? byKey.minus(name) : byKey.plus(name, after);
        Map<Index<T>, HashPMap<String, TreePMap<ObjectName, T>>> changed = new HashMap<>(groups);
        for (Index<T> index : indexes) {
            changed.computeIfPresent(index, (_, group) -> moved(index, group, name, before, after));
        }
        return new Objects<>(indexes, objects, changed);
    }

    private static <T> HashPMap<String, TreePMap<ObjectName, T>> moved(
            Index<T> index,
            HashPMap<String, TreePMap<ObjectName, T>> group,
            ObjectName name,
            @Nullable T before,
            @Nullable T after) {
        HashPMap<String, TreePMap<ObjectName, T>> result = group;
        for (String value : valuesOf(index, before)) {
            result = without(result, value, name);
        }
        for (String value : valuesOf(index, after)) {
            TreePMap<ObjectName, T> members = result.get(value);
            TreePMap<ObjectName, T> some = members == null ? TreePMap.empty() : members;
            result = result.plus(value, some.plus(name, java.util.Objects.requireNonNull(after)));
        }
        return result;
    }

    private static <T> HashPMap<String, TreePMap<ObjectName, T>> without(
            HashPMap<String, TreePMap<ObjectName, T>> group, String value, ObjectName name) {
        TreePMap<ObjectName, T> members = group.get(value);
        if (members == null) {
            return group;
        }
        TreePMap<ObjectName, T> rest = members.minus(name);
        return rest.isEmpty() ? group.minus(value) : group.plus(value, rest);
    }

    private static <T> Collection<String> valuesOf(Index<T> index, @Nullable T object) {
        return object == null ? List.of() : index.values().apply(object);
    }
}
