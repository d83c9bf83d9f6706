package dev.orrery.apiserver.request;

import dev.orrery.apiserver.store.Stored;
import java.util.List;

/**
 * A list, or a part of one.
 *
 * @param next the token for the following part; empty for the last
 * @param remaining how many objects follow; -1 where nobody counted
 */
public record Page(long resourceVersion, List<Stored> items, String next, long remaining) {

    public Page {
        items = List.copyOf(items);
    }
}
