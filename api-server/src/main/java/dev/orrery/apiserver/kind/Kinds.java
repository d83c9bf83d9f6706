package dev.orrery.apiserver.kind;

import dev.orrery.machinery.log.GroupResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All kinds that are served, found by any of their names. Immutable.
 *
 * <p>The first version of a group in the list is the one that clients are told to prefer; of the
 * kinds that share a storage, the one without a conversion is the stored one.
 */
public final class Kinds {

    private final List<Kind> all;
    private final Map<ByPlural, Kind> byPlural = new HashMap<>();
    private final Map<ByKind, Kind> byKind = new HashMap<>();
    private final Map<GroupResource, Kind> byStorage = new HashMap<>();
    private final Map<String, Map<String, List<Kind>>> groups = new LinkedHashMap<>();

    public Kinds(List<Kind> kinds) {
        all = List.copyOf(kinds);
        for (Kind kind : all) {
            byPlural.put(new ByPlural(kind.group(), kind.version(), kind.plural()), kind);
            byKind.put(new ByKind(kind.group(), kind.version(), kind.kind()), kind);
            if (kind.conversion().equals(Conversion.NONE)) {
                byStorage.put(kind.storage(), kind);
            }
            groups.computeIfAbsent(kind.group(), _ -> new LinkedHashMap<>())
                    .merge(kind.version(), List.of(kind), Kinds::joined);
        }
    }

    public List<Kind> all() {
        return all;
    }

    /** The kind at a path. */
    public @Nullable Kind at(String group, String version, String plural) {
        return byPlural.get(new ByPlural(group, version, plural));
    }

    /** The kind that an object names. */
    public @Nullable Kind named(String group, String version, String kind) {
        return byKind.get(new ByKind(group, version, kind));
    }

    /** The kind in whose version the log keeps a resource. */
    public @Nullable Kind stored(GroupResource storage) {
        return byStorage.get(storage);
    }

    /** Group names, the core group as the empty string, in the order of the list. */
    public Collection<String> groups() {
        return groups.keySet();
    }

    /** The versions of a group, preferred first; empty if there is no such group. */
    public Collection<String> versions(String group) {
        return groups.getOrDefault(group, Map.of()).keySet();
    }

    /** Empty if there is no such group and version. */
    public List<Kind> of(String group, String version) {
        return groups.getOrDefault(group, Map.of()).getOrDefault(version, List.of());
    }

    /** The other kinds that show the same objects. */
    public List<Kind> equivalents(Kind kind) {
        return all.stream()
                .filter(other -> other.storage().equals(kind.storage()) && !other.equals(kind))
                .toList();
    }

    private static List<Kind> joined(List<Kind> some, List<Kind> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private record ByPlural(String group, String version, String plural) {}

    private record ByKind(String group, String version, String kind) {}
}
