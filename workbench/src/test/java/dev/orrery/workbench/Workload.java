package dev.orrery.workbench;

import dev.orrery.machinery.log.LogRecord;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A workload of some kind that histories happen to. Made anew for every run of a history; all that
 * differs from seed to seed comes from the generator that it is made with.
 */
interface Workload {

    /** The user's part of the history, and what happens to the workload from outside. */
    List<Act> acts();

    void create(Workbench workbench);

    /** Does what the act says, if it can be done now. */
    void perform(Act act, Workbench workbench);

    /** The history is over: nothing stands in the way any more. */
    default void heal(Workbench workbench) {}

    boolean isSettled(Workbench workbench);

    List<Invariant> invariants();

    /** The resources that a story tells of. */
    Set<String> told();

    /** Records of a history that are still no sign that something never comes to an end. */
    default int mostRecords() {
        return 5000;
    }

    /** Of the records that a story tells. */
    default boolean isTold(LogRecord record) {
        return told().contains(record.key().resource().resource());
    }

    /** Makes the workload of one history. */
    interface Kind {

        Workload create(SplittableRandom random);
    }
}
