package dev.orrery.workbench;

import dev.orrery.machinery.Surroundings;
import dev.orrery.workbench.Trial.Outcome;
import dev.orrery.workbench.Trial.Part;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/** The histories of many seeds that one kind of workload goes through. */
final class Trials {

    /** More stories than that nobody reads. */
    private static final int STORIES = 3;

    /** What goes wrong here is on purpose: the components' complaints would fill the screen. */
    private static final Logger LOUD = Logger.getLogger("dev.orrery");

    private final Class<?> test;
    private final Workload.Kind kind;

    /**
     * @param test for the line that runs a history again
     */
    Trials(Class<?> test, Workload.Kind kind) {
        this.test = test;
        this.kind = kind;
    }

    static void quiet() {
        LOUD.setLevel(Level.OFF);
    }

    static void asBefore() {
        LOUD.setLevel(null);
    }

    /** The stories of the histories in which something went wrong. */
    String stories() {
        long begun = System.nanoTime();
        LongAdder records = new LongAdder();
        List<String> stories =
                Seeds.chosen()
                        .parallel()
                        .mapToObj(seed -> story(seed, records))
                        .flatMap(Optional::stream)
                        .limit(STORIES)
                        .toList();
        System.out.printf(
                "%s: %d seeds, %d records, %d ms%n",
                test.getSimpleName(),
                Seeds.chosen().count(),
                records.sum(),
                (System.nanoTime() - begun) / 1_000_000);
        return String.join("\n\n", stories);
    }

    private Optional<String> story(long seed, LongAdder records) {
        Trial trial = new Trial(kind, seed, UnaryOperator.identity());
        Part part = Seeds.part().orElseGet(trial::whole);
        Outcome outcome = trial.run(part);
        records.add(outcome.records());
        return outcome.wrong().isEmpty()
                ? Optional.empty()
                : Optional.of(shrunk(trial, part, outcome));
    }

    private String shrunk(Trial trial, Part part, Outcome failed) {
        Part needed = part.mishaps() == null ? trial.shrink(part, failed) : part;
        return trial.tell(test, needed, trial.run(needed));
    }

    /** What goes wrong in the first of so many seeds in which a mistake shows. */
    Optional<String> find(UnaryOperator<Surroundings> mistake, int budget) {
        return LongStream.rangeClosed(1, budget)
                .mapToObj(seed -> new Trial(kind, seed, mistake))
                .map(trial -> trial.run(trial.whole()).wrong())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The shrunk story of one seed in which a mistake shows; empty if it does not. */
    Optional<String> story(UnaryOperator<Surroundings> mistake, long seed) {
        Trial trial = new Trial(kind, seed, mistake);
        Outcome outcome = trial.run(trial.whole());
        return outcome.wrong().isEmpty()
                ? Optional.empty()
                : Optional.of(shrunk(trial, trial.whole(), outcome));
    }
}
