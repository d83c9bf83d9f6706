package dev.orrery.apiserver.kind;

import dev.orrery.machinery.store.Verb;
import java.util.Set;

/**
 * A part of an object, or an action on it, with a path of its own.
 *
 * @param group of the body's kind, {@code autoscaling} for a Scale
 */
public record Subresource(String name, String group, String version, String kind, Set<Verb> verbs) {

    public Subresource {
        verbs = Set.copyOf(verbs);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
