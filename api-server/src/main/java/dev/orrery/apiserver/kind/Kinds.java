package dev.orrery.apiserver.kind;

import dev.orrery.machinery.log.GroupResource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All kinds that are served, found by any of their names. Used from any thread, and never waits.
 *
 * <p>The first version of a group is the one that clients are told to prefer.
 */
public interface Kinds {

    List<Kind> all();

    /** The kind at a path. */
    @Nullable Kind at(String group, String version, String plural);

    /** The kind that an object names. */
    @Nullable Kind named(String group, String version, String kind);

    /** The kind in whose version the log keeps a resource. */
    @Nullable Kind stored(GroupResource storage);

    /** The other kinds that show the same objects. */
    default List<Kind> equivalents(Kind kind) {
        return all().stream()
                .filter(other -> other.storage().equals(kind.storage()) && !other.equals(kind))
                .toList();
    }

    /** Group names, the core group as the empty string, in discovery's order. */
    Collection<String> groups();

    /** The versions of a group, preferred first; empty if there is no such group. */
    Collection<String> versions(String group);

    /** Empty if there is no such group and version. */
    List<Kind> of(String group, String version);
}
