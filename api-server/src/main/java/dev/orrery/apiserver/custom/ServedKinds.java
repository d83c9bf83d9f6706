package dev.orrery.apiserver.custom;

import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.definition.Definition;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.KindTable;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The built-in kinds, and those that the definitions in the log describe: the same state gives the
 * same kinds, on every replica and after every start. A built-in kind is found without a look at
 * the definitions; the others are made again only when a definition has changed, by whoever asks
 * first, and then only those of that definition.
 */
public final class ServedKinds implements Kinds {

    private static final Comparator<Kind> ORDER =
            Comparator.comparing(Kind::group)
                    .thenComparing(Kind::version, VersionOrder.PREFERRED_FIRST)
                    .thenComparing(Kind::plural);

    private final KindTable builtIn;
    private final Supplier<ClusterState> registry;
    private volatile Made made;

    public ServedKinds(KindTable builtIn, Supplier<ClusterState> registry) {
        this.builtIn = builtIn;
        this.registry = registry;
        this.made = new Made(new Object(), Map.of(), new KindTable(List.of()), builtIn);
    }

    /** The kinds of one definition. */
    private record Described(Stored source, List<Kind> kinds) {}

    /**
     * The kinds at one point of the log.
     *
     * @param mark of the definitions that they were made from
     */
    private record Made(
            Object mark, Map<ObjectKey, Described> definitions, KindTable custom, KindTable all) {}

    @SuppressWarnings("ReferenceEquality") // a mark says by being the same that nothing changed
    private Made made() {
        ClusterState state = registry.get();
        Made last = made;
        Object mark = state.mark(Definition.RESOURCE);
        if (mark == last.mark) {
            return last;
        }
        Made next = make(state, mark, last);
        made = next;
        return next;
    }

    private Made make(ClusterState state, Object mark, Made last) {
        Map<ObjectKey, Described> definitions = new HashMap<>();
        List<Kind> custom = new ArrayList<>();
        for (Stored stored : state.list(Definition.RESOURCE)) {
            Described known = last.definitions.get(stored.key());
            Described described =
                    known != null && known.source.equals(stored) ? known : describe(stored);
            definitions.put(stored.key(), described);
            custom.addAll(described.kinds);
        }
        custom.sort(ORDER);
        List<Kind> all = new ArrayList<>(builtIn.all());
        all.addAll(custom);
        return new Made(mark, definitions, new KindTable(custom), new KindTable(all));
    }

    private static Described describe(Stored stored) {
        return new Described(stored, CustomKinds.served(Definition.of(Trees.read(stored.value()))));
    }

    @Override
    public List<Kind> all() {
        return made().all.all();
    }

    @Override
    public @Nullable Kind at(String group, String version, String plural) {
        Kind known = builtIn.at(group, version, plural);
        return known == null ? made().custom.at(group, version, plural) : known;
    }

    @Override
    public @Nullable Kind named(String group, String version, String kind) {
        Kind known = builtIn.named(group, version, kind);
        return known == null ? made().custom.named(group, version, kind) : known;
    }

    @Override
    public @Nullable Kind stored(GroupResource storage) {
        Kind known = builtIn.stored(storage);
        return known == null ? made().custom.stored(storage) : known;
    }

    @Override
    public Collection<String> groups() {
        return made().all.groups();
    }

    @Override
    public Collection<String> versions(String group) {
        return made().all.versions(group);
    }

    @Override
    public List<Kind> of(String group, String version) {
        return made().all.of(group, version);
    }
}
