package dev.orrery.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.PatchType;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A Job whose pods are deleted, which is suspended and resumed, while records come late, calls
 * fail, answers are lost and components are killed; everything by one seed.
 */
final class FaultyJob {

    static final ObjectKey KEY = new ObjectKey(new GroupResource("batch", "jobs"), "default", "pi");

    private static final Duration PATIENCE = Duration.ofHours(2);

    /**
     * Far more than any of these Jobs takes: a controller that never comes to an end is at work.
     */
    private static final int MOST_RECORDS = 5000;

    private static final int STORY = 12;
    private static final Set<String> TOLD = Set.of("jobs", "pods");

    private final long seed;
    private final SplittableRandom accidents;
    private final Workbench workbench;

    FaultyJob(long seed) {
        this(seed, UnaryOperator.identity());
    }

    /** With a controller that is wrong on purpose. */
    FaultyJob(long seed, UnaryOperator<Surroundings> tampering) {
        this.seed = seed;
        this.accidents = new SplittableRandom(seed);
        this.workbench = Workbench.start(accidents.nextLong(), 3, Faults.SOME, tampering);
    }

    /** What went wrong, as a story with the line that replays it; empty if all is well. */
    Optional<String> run() {
        boolean completed = complete();
        JobBooks books = new JobBooks(KEY);
        List<LogRecord> history = workbench.history();
        for (LogRecord record : history) {
            Optional<String> wrong = books.read(record);
            if (wrong.isPresent()) {
                return wrong.map(what -> tell(what, history, record));
            }
        }
        return completed
                ? Optional.empty()
                : Optional.of(tell(unfinished(), history, history.getLast()));
    }

    private static String unfinished() {
        return "not complete within %s and %d records".formatted(PATIENCE, MOST_RECORDS);
    }

    int records() {
        return workbench.history().size();
    }

    private boolean complete() {
        workbench.admin().create(job());
        int upsets = 1 + accidents.nextInt(6);
        for (int i = 0; i < upsets && !isComplete(); i++) {
            workbench.steps(1 + accidents.nextInt(400));
            upset();
        }
        suspend(false);
        Instant limit = workbench.now().plus(PATIENCE);
        while (!isComplete() && workbench.now().isBefore(limit) && records() < MOST_RECORDS) {
            workbench.run(Duration.ofSeconds(10));
        }
        return isComplete();
    }

    private void upset() {
        switch (accidents.nextInt(8)) {
            case 0 -> workbench.restart("kube-scheduler");
            case 1, 2 -> workbench.restart("kube-controller-manager");
            case 3 -> workbench.restart("kubelet");
            case 4 -> workbench.restartApiServer();
            case 5 -> suspend(true);
            case 6 -> suspend(false);
            default -> deleteSomePod();
        }
    }

    private void suspend(boolean suspended) {
        byte[] patch = "{\"spec\": {\"suspend\": %b}}".formatted(suspended).getBytes(UTF_8);
        workbench
                .admin()
                .patch(
                        Job.class,
                        "default",
                        "pi",
                        "",
                        PatchType.MERGE,
                        Json.read(patch, JsonNode.class));
    }

    private void deleteSomePod() {
        List<Pod> pods = workbench.admin().list(Pod.class, "default");
        if (pods.isEmpty()) {
            return;
        }
        String name = pods.get(accidents.nextInt(pods.size())).getMetadata().getName();
        Deletion how = accidents.nextBoolean() ? Deletion.ANY : Deletion.ANY.withGracePeriod(0);
        try {
            workbench.admin().delete(Pod.class, "default", name, how);
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private boolean isComplete() {
        Job job = workbench.admin().get(Job.class, "default", "pi");
        return job.getStatus() != null
                && job.getStatus().getConditions().stream().anyMatch(FaultyJob::isComplete);
    }

    private static boolean isComplete(JobCondition condition) {
        return condition.getType().equals("Complete") && condition.getStatus().equals("True");
    }

    private Job job() {
        int completions = 2 + accidents.nextInt(5);
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("pi")
                .endMetadata()
                .withNewSpec()
                .withCompletions(completions)
                .withParallelism(1 + accidents.nextInt(completions))
                .withCompletionMode(accidents.nextBoolean() ? "Indexed" : "NonIndexed")
                .withBackoffLimit(100)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(2L)
                .addNewContainer()
                .withName("pi")
                .withImage("busybox:1.28")
                .withCommand("sleep", Integer.toString(accidents.nextInt(10)))
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
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
                        Seeds.replay(JobBooksTest.class, seed));
    }
}
