package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The <a
 * href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees">guarantees</a>
 * of StatefulSets hold whatever goes wrong, and who breaks them is found.
 */
class RowOrderTest {

    /** As many seeds as a mistake may take to be found. */
    private static final int BUDGET = 200;

    private final Trials trials = new Trials(RowOrderTest.class, FaultyStatefulSet::new);

    @BeforeAll
    static void quiet() {
        Trials.quiet();
    }

    @AfterAll
    static void asBefore() {
        Trials.asBefore();
    }

    @Test
    void rowsKeepTheirOrderAndSettleWhateverGoesWrong() {
        assertThat(trials.stories()).isEmpty();
    }

    @Test
    void tellsAShortStoryOfWhatItTakesToFail() {
        String story =
                LongStream.rangeClosed(1, BUDGET)
                        .mapToObj(seed -> trials.story(SetBug.TREATS_ROWS_AS_PARALLEL, seed))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow();
        System.out.println(story);

        assertThat(story.lines()).hasSizeLessThanOrEqualTo(13);
        assertThat(story.lines().toList().get(1)).isEqualTo("it takes 0 faults, and: nothing else");
        assertThat(story.lines().toList().getLast()).startsWith("replay: ./mvnw");
    }

    @Test
    void findsNothingWhereNoMistakeIsPlanted() {
        assertThat(trials.find(CallTampering.NONE, 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = SetBug.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CREATES_AGAIN_AFTER_A_LOST_ANSWER", "IGNORES_LABELS_OF_NODES"})
    void findsTheMistake(SetBug bug) {
        Optional<String> wrong = trials.find(bug, BUDGET);
        System.out.println(bug + ": " + wrong.orElse("not found"));
        assertThat(wrong).isPresent();
    }
}
