package dev.orrery.scheduler.framework;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the plugins remember from one extension point to the next while one pod is scheduled. */
public final class CycleState {

    /** What one plugin remembers. */
    public interface Memory {

        /** A copy for a trial that changes it; this if it never changes. */
        Memory copy();
    }

    private final IdentityHashMap<Plugin, Memory> memories;
    private final SortedMap<String, SortedSet<String>> restrictions;

    public CycleState() {
        memories = new IdentityHashMap<>();
        restrictions = new TreeMap<>();
    }

    private CycleState(CycleState other) {
        memories = new IdentityHashMap<>();
        other.memories.forEach((plugin, memory) -> memories.put(plugin, memory.copy()));
        restrictions = other.restrictions;
    }

    /** For a trial: what it changes stays in the copy. */
    public CycleState copy() {
        return new CycleState(this);
    }

    public void remember(Plugin plugin, Memory memory) {
        memories.put(plugin, memory);
    }

    /** Null if the plugin remembers nothing of this type in this cycle. */
    public <M extends Memory> @Nullable M recall(Plugin plugin, Class<M> type) {
        Memory memory = memories.get(plugin);
        return type.isInstance(memory) ? type.cast(memory) : null;
    }

    /** Only these nodes can do: the others are not even tried. */
    public void restrict(Plugin plugin, Collection<String> nodeNames) {
        restrictions.put(plugin.name(), new TreeSet<>(nodeNames));
    }

    /** The nodes that all restrictions leave; null if there are none. */
    @Nullable SortedSet<String> onlyNodes() {
        SortedSet<String> left = null;
        for (SortedSet<String> each : restrictions.values()) {
            if (left == null) {
                left = new TreeSet<>(each);
            } else {
                left.retainAll(each);
            }
        }
        return left;
    }

    /** The plugins that restricted the nodes. */
    Set<String> restrictingPlugins() {
        return restrictions.keySet();
    }
}
