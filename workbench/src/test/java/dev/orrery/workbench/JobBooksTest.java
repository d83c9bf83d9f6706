package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each pod of a <a
 * href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-tracking-with-finalizers">Job</a>
 * is counted once, whatever goes wrong.
 */
class JobBooksTest {

    /** As many seeds as a mistake may take to be found. */
    private static final int BUDGET = 100;

    private final Trials trials = new Trials(JobBooksTest.class, FaultyJob::new);

    @BeforeAll
    static void quiet() {
        Trials.quiet();
    }

    @AfterAll
    static void asBefore() {
        Trials.asBefore();
    }

    @Test
    void jobsCountEachPodOnceAndCompleteWhateverGoesWrong() {
        assertThat(trials.stories()).isEmpty();
    }

    @Test
    void findsNothingWhereNoMistakeIsPlanted() {
        assertThat(trials.find(CallTampering.NONE, 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsTheMistake(PlantedBug bug) {
        Optional<String> wrong = trials.find(bug, BUDGET);
        System.out.println(bug + ": " + wrong.orElse("not found"));
        assertThat(wrong).isPresent();
    }
}
