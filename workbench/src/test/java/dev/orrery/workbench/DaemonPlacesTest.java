package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pods of <a
 * href="https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/">DaemonSets</a> are
 * where they belong whatever goes wrong, and who misplaces them is found.
 */
class DaemonPlacesTest {

    /** As many seeds as a mistake may take to be found. */
    private static final int BUDGET = 40;

    private final Trials trials = new Trials(DaemonPlacesTest.class, FaultyDaemonSet::new);

    @BeforeAll
    static void quiet() {
        Trials.quiet();
    }

    @AfterAll
    static void asBefore() {
        Trials.asBefore();
    }

    @Test
    void daemonsAreWhereTheyBelongAndSettleWhateverGoesWrong() {
        assertThat(trials.stories()).isEmpty();
    }

    @Test
    void findsNothingWhereNoMistakeIsPlanted() {
        assertThat(trials.find(CallTampering.NONE, 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = SetBug.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FORGETS_ABOUT_PARTITIONS", "TREATS_ROWS_AS_PARALLEL"})
    void findsTheMistake(SetBug bug) {
        Optional<String> wrong = trials.find(bug, BUDGET);
        System.out.println(bug + ": " + wrong.orElse("not found"));
        assertThat(wrong).isPresent();
    }
}
