package dev.orrery.workbench;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.log.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the history of one seed: a workload that things happen to, while records come late, calls
 * fail and answers are lost. Parts of it can be left out.
 */
final class Trial {

    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final int NODES = 3;

    /** A story's lines: what is wrong, what it takes, and the records that led there. */
    private static final int STORY = 12;

    /** Some seconds, for a failure that somebody waits to hear of. */
    private static final int RUNS_TO_SHRINK = 100;

    private final Workload.Kind kind;
    private final long seed;
    private final UnaryOperator<Surroundings> tampering;

    Trial(Workload.Kind kind, long seed, UnaryOperator<Surroundings> tampering) {
        this.kind = kind;
        this.seed = seed;
        this.tampering = tampering;
    }

    /**
     * What of a history happens.
     *
     * @param mishaps null for all
     */
    record Part(List<Integer> acts, @Nullable List<Integer> mishaps) {

        Mishaps numbered() {
            return mishaps == null ? Mishaps.all() : Mishaps.only(mishaps);
        }
    }

    /**
     * How a run ended.
     *
     * @param wrong what is wrong; empty if all is well
     * @param mishaps how many there were
     * @param told what led there
     */
    record Outcome(Optional<String> wrong, int records, int mishaps, List<LogRecord> told) {}

    Part whole() {
        int acts = kind.create(random()).acts().size();
        return new Part(IntStream.range(0, acts).boxed().toList(), null);
    }

    Outcome run(Part part) {
        SplittableRandom random = random();
        Mishaps mishaps = part.numbered();
        Workload workload = kind.create(random);
        Workbench workbench =
                Workbench.start(random.nextLong(), NODES, Faults.SOME, mishaps, tampering);
        boolean settled = play(workload, workbench, part);
        return outcome(workload, workbench, mishaps, settled);
    }

    private SplittableRandom random() {
        return new SplittableRandom(seed);
    }

    private static boolean play(Workload workload, Workbench workbench, Part part) {
        workload.create(workbench);
        List<Act> acts = workload.acts();
        for (int number : part.acts()) {
            Act act = acts.get(number);
            workbench.steps(act.steps());
            perform(act, workload, workbench);
        }
        workload.heal(workbench);
        Instant limit = workbench.now().plus(PATIENCE);
        while (!workload.isSettled(workbench)) {
            boolean endless = workbench.history().size() > workload.mostRecords();
            if (endless || !workbench.now().isBefore(limit)) {
                return false;
            }
            workbench.run(Duration.ofSeconds(5));
        }
        return true;
    }

    private static void perform(Act act, Workload workload, Workbench workbench) {
        switch (act.what()) {
            case "restart kube-apiserver" -> workbench.restartApiServer();
            case "restart kube-scheduler", "restart kube-controller-manager", "restart kubelet" ->
                    workbench.restart(act.what().substring("restart ".length()));
            default -> workload.perform(act, workbench);
        }
    }

    private static Outcome outcome(
            Workload workload, Workbench workbench, Mishaps mishaps, boolean settled) {
        List<Invariant> invariants = new ArrayList<>(workload.invariants());
        invariants.add(new Owning());
        List<LogRecord> history = workbench.history();
        for (int i = 0; i < history.size(); i++) {
            LogRecord record = history.get(i);
            for (Invariant invariant : invariants) {
                Optional<String> wrong = invariant.read(record);
                if (wrong.isPresent()) {
                    String text = "at rv " + record.resourceVersion() + ": " + wrong.get();
                    return new Outcome(
                            Optional.of(text),
                            history.size(),
                            mishaps.count(),
                            told(workload, history.subList(0, i + 1)));
                }
            }
        }
        return new Outcome(
                settled ? Optional.empty() : Optional.of("at the end: not settled"),
                history.size(),
                mishaps.count(),
                told(workload, history));
    }

    private static List<LogRecord> told(Workload workload, List<LogRecord> history) {
        return history.stream().filter(workload::isTold).toList();
    }

    /** The part of a failed run without which it does not fail in the same way. */
    Part shrink(Part part, Outcome failed) {
        String rule = rule(failed);
        Shrinking shrinking = new Shrinking(RUNS_TO_SHRINK);
        List<Integer> all = IntStream.range(0, failed.mishaps()).boxed().toList();
        List<Integer> mishaps =
                shrinking.shrink(all, some -> fails(new Part(part.acts(), some), rule));
        List<Integer> acts =
                shrinking.shrink(part.acts(), some -> fails(new Part(some, mishaps), rule));
        return new Part(acts, mishaps);
    }

    private boolean fails(Part part, String rule) {
        return rule(run(part)).equals(rule);
    }

    /** What was broken, whichever pod it was broken for. */
    private static String rule(Outcome outcome) {
        return outcome.wrong()
                .map(text -> text.substring(text.indexOf(": ")).replaceAll("\\w*-?\\d[\\w-]*", "N"))
                .orElse("");
    }

    /** At most a dozen lines, and the one that runs it again. */
    String tell(Class<?> test, Part part, Outcome outcome) {
        List<Act> acts = kind.create(random()).acts();
        String happens =
                part.acts().stream()
                        .map(number -> acts.get(number).toString())
                        .collect(Collectors.joining(", "));
        int faults = part.mishaps() == null ? outcome.mishaps() : part.mishaps().size();
        return "seed %d, %s\nit takes %d faults, and: %s\n%s\nreplay: %s"
                .formatted(
                        seed,
                        outcome.wrong().orElse("all is well"),
                        faults,
                        happens.isEmpty() ? "nothing else" : happens,
                        Story.tell(outcome.told(), STORY - 3),
                        Seeds.replay(test, seed, part));
    }
}
