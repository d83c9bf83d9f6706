package dev.orrery.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.acceptance.history.History.Event;
import dev.orrery.acceptance.history.History.Listing;
import dev.orrery.acceptance.history.History.Watch;
import dev.orrery.acceptance.history.History.Write;
import dev.orrery.machinery.testing.register.Operation;
import dev.orrery.machinery.testing.register.Operation.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A good history, and the same with one thing wrong. */
class HistoryCheckerTest {

    private static final List<Operation> OPERATIONS =
            List.of(
                    new Operation("p", "x", new Step.Wrote("", "one"), 1, 2),
                    new Operation("q", "x", new Step.Read("one"), 3, 4),
                    new Operation("p", "x", new Step.Wrote("one", "two"), 5, 6));
    private static final List<Write> WRITES =
            List.of(new Write("p", "x", "one", 11, 2), new Write("p", "x", "two", 13, 6));
    private static final List<Listing> LISTS =
            List.of(
                    new Listing("q", 11, Map.of("x", "one"), 3),
                    new Listing("q", 14, Map.of("x", "two"), 8));
    private static final List<Event> EVENTS =
            List.of(
                    new Event("x", "one", 11),
                    new Event("y", "other", 12),
                    new Event("x", "two", 13),
                    new Event("y", "", 14));

    @Test
    void findsNothingInAGoodHistory() {
        assertThat(violations(WRITES, LISTS, EVENTS)).isEmpty();
    }

    @Test
    void findsAReadOfAnOldValue() {
        List<Operation> operations = new ArrayList<>(OPERATIONS);
        operations.add(new Operation("q", "x", new Step.Read("one"), 7, 8));
        assertThat(
                        HistoryChecker.violations(
                                new History(operations, List.of(), List.of(), List.of())))
                .singleElement()
                .asString()
                .contains("not linearizable");
    }

    @Test
    void findsAListOlderThanAnAcknowledgedWrite() {
        List<Listing> old = List.of(new Listing("q", 11, Map.of("x", "one"), 7));
        assertThat(violations(WRITES, old, EVENTS))
                .containsExactly("q was shown a list at 11, after p had been told of its write 13");
    }

    @Test
    void findsAWatchThatGoesBackOrTellsTwice() {
        List<Event> twice = new ArrayList<>(EVENTS);
        twice.add(3, EVENTS.get(2));
        assertThat(violations(WRITES, LISTS, twice)).contains("w's watch went from 13 to 13");
    }

    @Test
    void findsAWatchThatLeavesOutAnAcknowledgedWrite() {
        assertThat(violations(WRITES, LISTS, without(2)))
                .anySatisfy(sentence -> assertThat(sentence).contains("was told nothing of p's"));
    }

    @Test
    void findsAWatchThatLeavesOutWhatNobodyWasToldOfButAListShows() {
        assertThat(violations(WRITES, LISTS, without(3)))
                .singleElement()
                .asString()
                .contains("adds up to {x=two, y=other}");
    }

    @Test
    void findsTwoWatchesThatDisagree() {
        List<Event> other = new ArrayList<>(EVENTS);
        other.set(1, new Event("y", "another", 12));
        History history =
                new History(
                        OPERATIONS,
                        WRITES,
                        LISTS,
                        List.of(
                                new Watch("w", 10, Map.of(), EVENTS, 14),
                                new Watch("v", 10, Map.of(), other, 14)));
        assertThat(HistoryChecker.violations(history))
                .anySatisfy(sentence -> assertThat(sentence).contains("where another was told"));
    }

    private static List<Event> without(int index) {
        List<Event> events = new ArrayList<>(EVENTS);
        events.remove(index);
        return events;
    }

    private static List<String> violations(
            List<Write> writes, List<Listing> lists, List<Event> events) {
        return HistoryChecker.violations(
                new History(
                        OPERATIONS,
                        writes,
                        lists,
                        List.of(new Watch("w", 10, Map.of(), events, 14))));
    }
}
