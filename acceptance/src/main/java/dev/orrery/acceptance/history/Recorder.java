package dev.orrery.acceptance.history;

import dev.orrery.acceptance.history.History.Listing;
import dev.orrery.acceptance.history.History.Watch;
import dev.orrery.acceptance.history.History.Write;
import dev.orrery.machinery.testing.register.Operation;
import dev.orrery.machinery.testing.register.Operation.Step;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what many clients do at once. */
final class Recorder {

    private final List<String> objects;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Queue<Listing> lists = new ConcurrentLinkedQueue<>();
    private final Queue<Watch> watches = new ConcurrentLinkedQueue<>();

    /**
     * @param objects all that there can be
     */
    Recorder(List<String> objects) {
        this.objects = List.copyOf(objects);
    }

    /** The clock of all clients. */
    static long now() {
        return System.nanoTime();
    }

    void operation(String client, String object, Step step, long invoked) {
        boolean answered = !(step instanceof Step.Unknown);
        operations.add(
                new Operation(
                        client,
                        object,
                        step,
                        invoked,
                        answered ? Math.max(now(), invoked + 1) : Operation.NEVER));
    }

    void write(String client, String object, String value, long resourceVersion) {
        writes.add(new Write(client, object, value, resourceVersion, now()));
    }

    void list(String client, long resourceVersion, Map<String, String> found, long invoked) {
        lists.add(new Listing(client, resourceVersion, Map.copyOf(found), invoked));
        for (String object : objects) {
            operation(client, object, new Step.Read(found.getOrDefault(object, "")), invoked);
        }
    }

    void watch(Watch watch) {
        watches.add(watch);
    }

    History history() {
        return new History(
                List.copyOf(operations),
                List.copyOf(writes),
                List.copyOf(lists),
                List.copyOf(watches));
    }
}
