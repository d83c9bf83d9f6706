package dev.orrery.scheduler.framework;

import java.util.List;

/** What a plugin says to a pod, or to a pod on a node. */
public sealed interface Status {

    /** Nothing against it. */
    record Success() implements Status {}

    /** The plugin has nothing to do with this pod: its later points are passed over. */
    record Skip() implements Status {}

    /**
     * No, and why.
     *
     * @param plugin that says so
     * @param reasons in the words that people see
     * @param resolvable whether taking pods off the node could change it
     */
    record Rejected(String plugin, List<String> reasons, boolean resolvable) implements Status {

        public Rejected {
            reasons = List.copyOf(reasons);
        }

        public String message() {
            return String.join(", ", reasons);
        }
    }

    Status SUCCESS = new Success();
    Status SKIP = new Skip();

    /** Turned away, but it might fit if other pods made room. */
    static Rejected unschedulable(Plugin plugin, String... reasons) {
        return new Rejected(plugin.name(), List.of(reasons), true);
    }

    /** Turned away whatever other pods do. */
    static Rejected unresolvable(Plugin plugin, String... reasons) {
        return new Rejected(plugin.name(), List.of(reasons), false);
    }
}
