package dev.orrery.apiserver.kind;

import dev.orrery.machinery.log.GroupResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list of kinds with its look-ups. Immutable. */
public final class KindTable implements Kinds {

    private final List<Kind> all;
    private final Map<ByPlural, Kind> byPlural = new HashMap<>();
    private final Map<ByKind, Kind> byKind = new HashMap<>();
    private final Map<GroupResource, Kind> byStorage = new HashMap<>();
    private final Map<String, Map<String, List<Kind>>> groups = new LinkedHashMap<>();

    public KindTable(List<Kind> kinds) {
        all = List.copyOf(kinds);
        for (Kind kind : all) {
            byPlural.put(new ByPlural(kind.group(), kind.version(), kind.plural()), kind);
            byKind.put(new ByKind(kind.group(), kind.version(), kind.kind()), kind);
            if (kind.isStored()) {
                byStorage.put(kind.storage(), kind);
            }
            groups.computeIfAbsent(kind.group(), _ -> new LinkedHashMap<>())
                    .merge(kind.version(), List.of(kind), KindTable::joined);
        }
    }

    @Override
    public List<Kind> all() {
        return all;
    }

    @Override
    public @Nullable Kind at(String group, String version, String plural) {
        return byPlural.get(new ByPlural(group, version, plural));
    }

    @Override
    public @Nullable Kind named(String group, String version, String kind) {
        return byKind.get(new ByKind(group, version, kind));
    }

    @Override
    public @Nullable Kind stored(GroupResource storage) {
        return byStorage.get(storage);
    }

    @Override
    public Collection<String> groups() {
        return groups.keySet();
    }

    @Override
    public Collection<String> versions(String group) {
        return groups.getOrDefault(group, Map.of()).keySet();
    }

    @Override
    public List<Kind> of(String group, String version) {
        return groups.getOrDefault(group, Map.of()).getOrDefault(version, List.of());
    }

    private static List<Kind> joined(List<Kind> some, List<Kind> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private record ByPlural(String group, String version, String plural) {}

    private record ByKind(String group, String version, String kind) {}
}
