package dev.orrery.acceptance.history;

import dev.orrery.acceptance.history.History.Event;
import dev.orrery.acceptance.history.History.Listing;
import dev.orrery.acceptance.history.History.Watch;
import dev.orrery.acceptance.history.History.Write;
import dev.orrery.machinery.testing.register.RegisterChecker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a history must show of a store that is linearizable and whose watches leave nothing out:
 *
 * <ul>
 *   <li>each object for itself is a register with compare-and-set;
 *   <li>no list is older than a write that was acknowledged before it was asked for;
 *   <li>a watch tells of versions in order, of each one once, and of every acknowledged write in
 *       its range;
 *   <li>two watches that pass the same version tell the same of it;
 *   <li>a list and the watch from it on add up to what a later list shows.
 * </ul>
 */
public final class HistoryChecker {

    private final History history;
    private final List<String> violations = new ArrayList<>();

    private HistoryChecker(History history) {
        this.history = history;
    }

    /** Empty if all is well; else sentences for a person to read. */
    public static List<String> violations(History history) {
        HistoryChecker checker = new HistoryChecker(history);
        RegisterChecker.violation(history.operations()).ifPresent(checker.violations::add);
        checker.listsAreNotOld();
        Map<Long, Event> known = new HashMap<>();
        for (Watch watch : history.watches()) {
            checker.goesForward(watch);
            checker.agrees(watch, known);
            checker.tellsOfAllWrites(watch);
            checker.addsUp(watch);
        }
        return List.copyOf(checker.violations);
    }

    /** Every write that a list follows in time is in it, so its version is no smaller. */
    private void listsAreNotOld() {
        List<Write> writes = new ArrayList<>(history.writes());
        writes.sort(Comparator.comparingLong(Write::returned));
        for (Listing list : history.lists()) {
            for (Write write : writes) {
                if (write.returned() >= list.invoked()) {
                    break;
                }
                if (write.resourceVersion() > list.resourceVersion()) {
                    violations.add(
                            "%s was shown a list at %d, after %s had been told of its write %d"
                                    .formatted(
                                            list.client(),
                                            list.resourceVersion(),
                                            write.client(),
                                            write.resourceVersion()));
                    break;
                }
            }
        }
    }

    private void goesForward(Watch watch) {
        long last = watch.after();
        for (Event event : watch.events()) {
            if (event.resourceVersion() <= last) {
                violations.add(
                        "%s's watch went from %d to %d"
                                .formatted(watch.client(), last, event.resourceVersion()));
            }
            last = event.resourceVersion();
        }
    }

    private void agrees(Watch watch, Map<Long, Event> known) {
        for (Event event : watch.events()) {
            Event other = known.putIfAbsent(event.resourceVersion(), event);
            if (other != null && !other.equals(event)) {
                violations.add(
                        "%s's watch was told %s where another was told %s"
                                .formatted(watch.client(), event, other));
            }
        }
    }

    private void tellsOfAllWrites(Watch watch) {
        Map<Long, Event> told = new HashMap<>();
        watch.events().forEach(event -> told.put(event.resourceVersion(), event));
        for (Write write : history.writes()) {
            long version = write.resourceVersion();
            if (version <= watch.after() || version > watch.upTo()) {
                continue;
            }
            Event expected = new Event(write.object(), write.value(), version);
            Event event = told.get(version);
            if (!expected.equals(event)) {
                violations.add(
                        "%s's watch from %d to %d was told %s of %s's write %s"
                                .formatted(
                                        watch.client(),
                                        watch.after(),
                                        watch.upTo(),
                                        event == null ? "nothing" : event,
                                        write.client(),
                                        expected));
            }
        }
    }

    /**
     * Of each list within the watch's range: the state at its beginning and the events up to it.
     */
    private void addsUp(Watch watch) {
        List<Listing> lists = new ArrayList<>(history.lists());
        lists.sort(Comparator.comparingLong(Listing::resourceVersion));
        Map<String, String> state = new TreeMap<>(watch.before());
        int next = 0;
        for (Listing list : lists) {
            if (list.resourceVersion() < watch.after()) {
                continue;
            }
            if (list.resourceVersion() > watch.upTo()) {
                return;
            }
            for (;
                    next < watch.events().size()
                            && watch.events().get(next).resourceVersion() <= list.resourceVersion();
                    next++) {
                Event event = watch.events().get(next);
                if (event.value().isEmpty()) {
                    state.remove(event.object());
                } else {
                    state.put(event.object(), event.value());
                }
            }
            if (!state.equals(new TreeMap<>(list.objects()))) {
                violations.add(
                        "%s's list at %d shows %s, but the watch from %d adds up to %s"
                                .formatted(
                                        list.client(),
                                        list.resourceVersion(),
                                        new TreeMap<>(list.objects()),
                                        watch.after(),
                                        state));
                return;
            }
        }
    }
}
