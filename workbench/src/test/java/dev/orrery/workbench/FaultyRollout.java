package dev.orrery.workbench;

import dev.orrery.machinery.log.LogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A rollout of four replicas, in which records come late, calls fail, answers are lost and
 * components are killed; everything by one seed.
 */
final class FaultyRollout {

    private static final int REPLICAS = 4;
    private static final int MOST = 5;
    private static final int FEWEST = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int STORY = 12;
    private static final Set<String> TOLD = Set.of("deployments", "replicasets", "pods");
    private static final List<String> IMAGES = List.of("nginx:1.16", "nginx:1.17", "nginx:1.18");

    private final long seed;
    private final SplittableRandom accidents;
    private final Workbench workbench;

    FaultyRollout(long seed) {
        this.seed = seed;
        this.accidents = new SplittableRandom(seed);
        this.workbench = Workbench.start(accidents.nextLong(), 3, Faults.SOME);
    }

    /** What went wrong, as a story with the line that replays it; empty if all is well. */
    Optional<String> run() {
        boolean settled = roll();
        RolloutBounds bounds = new RolloutBounds(WebDeployment.KEY, MOST, FEWEST);
        List<LogRecord> history = workbench.history();
        for (LogRecord record : history) {
            Optional<String> wrong = bounds.read(record);
            if (wrong.isPresent()) {
                return wrong.map(what -> tell(what, history, record));
            }
        }
        return settled
                ? Optional.empty()
                : Optional.of(tell("not settled within " + PATIENCE, history, history.getLast()));
    }

    int records() {
        return workbench.history().size();
    }

    private boolean roll() {
        WebDeployment web = WebDeployment.create(workbench, REPLICAS, IMAGES.getFirst());
        String last = IMAGES.getFirst();
        for (String image : IMAGES.subList(0, 1 + accidents.nextInt(IMAGES.size()))) {
            web.setImage(image);
            last = image;
            upset(1 + accidents.nextInt(4));
        }
        return web.settles(last, PATIENCE);
    }

    private void upset(int times) {
        for (int i = 0; i < times; i++) {
            workbench.steps(1 + accidents.nextInt(250));
            switch (accidents.nextInt(4)) {
                case 0 -> workbench.restart("kube-scheduler");
                case 1 -> workbench.restart("kube-controller-manager");
                case 2 -> workbench.restart("kubelet");
                default -> workbench.restartApiServer();
            }
        }
    }

    private String tell(String wrong, List<LogRecord> history, LogRecord at) {
        List<LogRecord> told =
                history.subList(0, history.indexOf(at) + 1).stream()
                        .filter(record -> TOLD.contains(record.key().resource().resource()))
                        .toList();
        return "seed %d, at rv %d: %s\n%s\nreplay: %s"
                .formatted(
                        seed,
                        at.resourceVersion(),
                        wrong,
                        Story.tell(told, STORY),
                        Seeds.replay(FaultsTest.class, seed));
    }
}
