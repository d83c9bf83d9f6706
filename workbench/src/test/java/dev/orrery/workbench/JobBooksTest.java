package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
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

    private static final int STORIES = 3;

    /** As many seeds as a mistake may take to be found. */
    private static final int BUDGET = 60;

    /** What goes wrong here is on purpose: the components' complaints would fill the screen. */
    private static final Logger LOUD = Logger.getLogger("dev.orrery");

    @BeforeAll
    static void quiet() {
        LOUD.setLevel(Level.OFF);
    }

    @AfterAll
    static void asBefore() {
        LOUD.setLevel(null);
    }

    @Test
    void jobsCountEachPodOnceAndCompleteWhateverGoesWrong() {
        long begun = System.nanoTime();
        LongAdder records = new LongAdder();
        List<String> stories =
                Seeds.chosen()
                        .parallel()
                        .mapToObj(seed -> trouble(seed, records))
                        .flatMap(Optional::stream)
                        .limit(STORIES)
                        .toList();
        System.out.printf(
                "jobs with faults: %d seeds, %d records, %d ms%n",
                Seeds.chosen().count(), records.sum(), (System.nanoTime() - begun) / 1_000_000);
        assertThat(stories.isEmpty()).as(() -> String.join("\n\n", stories)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void findsTheMistake(PlantedBug bug) {
        Optional<String> story =
                LongStream.rangeClosed(1, BUDGET)
                        .mapToObj(seed -> new FaultyJob(seed, bug).run())
                        .flatMap(Optional::stream)
                        .findFirst();
        story.ifPresent(
                text -> System.out.println(bug + ": " + text.lines().findFirst().orElse("")));
        assertThat(story).isPresent();
    }

    private static Optional<String> trouble(long seed, LongAdder records) {
        FaultyJob job = new FaultyJob(seed);
        Optional<String> trouble = job.run();
        records.add(job.records());
        return trouble;
    }
}
