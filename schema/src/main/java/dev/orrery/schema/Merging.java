package dev.orrery.schema;

import java.util.List;

/**
 * How a field's value and a change to it become one.
 *
 * @param topology of a list, map or struct, for server-side apply
 * @param keys that tell the items of a {@link Topology#MAP} list apart
 * @param patch the strategy of strategic merge patch
 * @param patchKey that tells a list's items apart there; empty for lists of scalars
 */
public record Merging(Topology topology, List<String> keys, Patch patch, String patchKey) {

    /** Nothing is said: lists are atomic, maps and structs granular, patches replace lists. */
    public static final Merging DEFAULT =
            new Merging(Topology.DEFAULT, List.of(), Patch.DEFAULT, "");

    /** {@code x-kubernetes-list-type} and {@code x-kubernetes-map-type}. */
    public enum Topology {
        DEFAULT,
        MAP,
        SET,
        ATOMIC
    }

    /** {@code x-kubernetes-patch-strategy}. */
    public enum Patch {
        DEFAULT,
        MERGE,
        REPLACE,
        RETAIN_KEYS,
        MERGE_RETAIN_KEYS;

        public boolean merges() {
            return this == MERGE || this == MERGE_RETAIN_KEYS;
        }

        public boolean retainsKeys() {
            return this == RETAIN_KEYS || this == MERGE_RETAIN_KEYS;
        }
    }

    public Merging {
        keys = List.copyOf(keys);
    }
}
