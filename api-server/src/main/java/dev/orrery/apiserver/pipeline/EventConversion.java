package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.answer.Event;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows the events of a watch in its version, where a webhook makes it. For any thread. */
final class EventConversion {

    /** What one client of the webhook's waits for at a time. */
    static final int MOST_EVENTS = 100;

    private final Conversions conversions;
    private final Kind kind;
    private final Executor executor;

    private EventConversion(Conversions conversions, Kind kind, Executor executor) {
        this.conversions = conversions;
        this.kind = kind;
        this.executor = executor;
    }

    /** Null where no webhook is asked for the kind. */
    static @Nullable EventConversion of(World world, Kind kind) {
        return Conversions.mayAsk(kind)
                ? new EventConversion(world.conversions(), kind, world.executor())
                : null;
    }

    /**
     * Begins, and returns at once.
     *
     * @param then told the same events, in their order; what cannot be shown ends the watch
     */
    void convert(List<Event> events, Consumer<List<Event>> then) {
        executor.execute(() -> ask(events, then));
    }

    private void ask(List<Event> events, Consumer<List<Event>> then) {
        List<Stored> objects = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Changed(Stored before, Stored after, long _)) {
                add(objects, before);
                add(objects, after);
            }
        }
        CompletionStage<List<Stored>> asked = conversions.shown(kind, objects);
        if (asked == null) {
            then.accept(events);
            return;
        }
        asked.whenComplete((shown, failure) ->
                then.accept(
                        failure == null
                                ? replaced(events, shown.iterator())
                                : List.of(new Event.Failed(Failures.of(failure)))));
    }

    private static void add(List<Stored> objects, @Nullable Stored object) {
        if (object != null) {
            objects.add(object);
        }
    }

    private static List<Event> replaced(List<Event> events, Iterator<Stored> shown) {
        List<Event> replaced = new ArrayList<>(events.size());
        for (Event event : events) {
            replaced.add(
                    event instanceof Event.Changed(Stored before, Stored after, long version)
                            ? new Event.Changed(
                                    before == null ? null : shown.next(),
                                    after == null ? null : shown.next(),
                                    version)
                            : event);
        }
        return replaced;
    }
}
