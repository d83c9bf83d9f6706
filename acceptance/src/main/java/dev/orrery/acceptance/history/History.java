package dev.orrery.acceptance.history;

import dev.orrery.machinery.testing.register.Operation;
import java.util.List;
import java.util.Map;

/**
 * What several clients did to a few objects and what they saw.
 *
 * @param operations on single objects, a list being a read of each of them
 * @param writes that were acknowledged
 * @param lists consistent ones
 * @param watches unbroken streams, each from a version on
 */
public record History(
        List<Operation> operations, List<Write> writes, List<Listing> lists, List<Watch> watches) {

    public History {
        operations = List.copyOf(operations);
        writes = List.copyOf(writes);
        lists = List.copyOf(lists);
        watches = List.copyOf(watches);
    }

    /**
     * A write that was acknowledged.
     *
     * @param value what the object holds since then; empty: it is gone
     */
    public record Write(
            String client, String object, String value, long resourceVersion, long returned) {}

    /** The objects that there were, by name, with what they held. */
    public record Listing(
            String client, long resourceVersion, Map<String, String> objects, long invoked) {}

    /**
     * One watch.
     *
     * @param after the version that it began after
     * @param before the objects as they were then; empty where it went on from an older watch
     * @param upTo the last version that it was told of, by an event or a bookmark
     */
    public record Watch(
            String client, long after, Map<String, String> before, List<Event> events, long upTo) {

        public Watch {
            events = List.copyOf(events);
        }
    }

    /**
     * @param value empty: deleted
     */
    public record Event(String object, String value, long resourceVersion) {}
}
