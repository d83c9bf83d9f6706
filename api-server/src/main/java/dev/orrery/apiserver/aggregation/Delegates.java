package dev.orrery.apiserver.aggregation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All API servers that APIServices name, and what they have told of their resources. For any
 * thread. Read again only when an APIService has changed.
 */
public final class Delegates {

    public static final GroupResource RESOURCE =
            new GroupResource("apiregistration.k8s.io", "apiservices");

    private static final Comparator<Delegate> ORDER =
            Comparator.comparingInt(Delegate::groupPriority)
                    .reversed()
                    .thenComparing(Delegate::group)
                    .thenComparing(Comparator.comparingInt(Delegate::versionPriority).reversed())
                    .thenComparing(Delegate::version);

    private final Supplier<ClusterState> registry;
    private volatile Made made = new Made(new Object(), Map.of(), List.of());

    /** As many as there are delegates: what belongs to none is taken away with it. */
    private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();

    private record Made(Object mark, Map<String, Delegate> byName, List<Delegate> all) {}

    public Delegates(Supplier<ClusterState> registry) {
        this.registry = registry;
    }

    @SuppressWarnings("ReferenceEquality") // a mark says by being the same that nothing changed
    private Made made() {
        ClusterState state = registry.get();
        Made last = made;
        Object mark = state.mark(RESOURCE);
        if (mark == last.mark) {
            return last;
        }
        Map<String, Delegate> byName = new HashMap<>();
        for (Stored stored : state.list(RESOURCE)) {
            Delegate delegate = Delegate.of(Trees.read(stored.value()));
            if (delegate != null) {
                byName.put(delegate.name(), delegate);
            }
        }
        List<Delegate> all = new ArrayList<>(byName.values());
        all.sort(ORDER);
        documents.keySet().retainAll(byName.keySet());
        Made next = new Made(mark, Map.copyOf(byName), List.copyOf(all));
        made = next;
        return next;
    }

    /** Null where this server answers itself, or nobody does. */
    public @Nullable Delegate at(String group, String version) {
        Map<String, Delegate> byName = made().byName;
        return byName.isEmpty() ? null : byName.get(version + "." + group);
    }

    /** In discovery's order. */
    public List<Delegate> all() {
        return made().all;
    }

    public @Nullable Delegate named(String name) {
        return made().byName.get(name);
    }

    /** The groups that they answer for, those that are to come first first. */
    public Collection<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        made().all.forEach(delegate -> groups.add(delegate.group()));
        return groups;
    }

    /** The versions of a group that they answer for, preferred first. */
    public List<String> versions(String group) {
        return made().all.stream()
                .filter(delegate -> delegate.group().equals(group))
                .map(Delegate::version)
                .toList();
    }

    /** What a delegate told last of its resources: an APIResourceList; missing if nothing yet. */
    public JsonNode resources(Delegate delegate) {
        return documents.getOrDefault(delegate.name(), MissingNode.getInstance());
    }

    void told(Delegate delegate, JsonNode resources) {
        documents.put(delegate.name(), resources);
    }
}
