package dev.orrery.workbench;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A Job that is suspended and resumed, and whose pods are deleted and fail. */
final class FaultyJob implements Workload {

    static final ObjectKey KEY = new ObjectKey(new GroupResource("batch", "jobs"), "default", "pi");

    private static final int MOST_ACTS = 6;

    private final int completions;
    private final int parallelism;
    private final boolean indexed;
    private final int seconds;
    private final List<Act> acts;

    FaultyJob(SplittableRandom random) {
        completions = 2 + random.nextInt(5);
        parallelism = 1 + random.nextInt(completions);
        indexed = random.nextBoolean();
        seconds = random.nextInt(10);
        List<String> possible = new ArrayList<>(Acts.RESTARTS);
        possible.addAll(List.of("suspend", "resume", "deletePod", "killPod"));
        acts = Acts.draw(random, MOST_ACTS, possible);
    }

    @Override
    public List<Act> acts() {
        return acts;
    }

    @Override
    public void create(Workbench workbench) {
        workbench
                .admin()
                .create(
                        new JobBuilder()
                                .withNewMetadata()
                                .withNamespace("default")
                                .withName("pi")
                                .endMetadata()
                                .withNewSpec()
                                .withCompletions(completions)
                                .withParallelism(parallelism)
                                .withCompletionMode(indexed ? "Indexed" : "NonIndexed")
                                .withBackoffLimit(100)
                                .withNewTemplate()
                                .withNewSpec()
                                .withRestartPolicy("Never")
                                .withTerminationGracePeriodSeconds(2L)
                                .addNewContainer()
                                .withName("pi")
                                .withImage("busybox:1.28")
                                .withCommand("sleep", Integer.toString(seconds))
                                .endContainer()
                                .endSpec()
                                .endTemplate()
                                .endSpec()
                                .build());
    }

    @Override
    public void perform(Act act, Workbench workbench) {
        Administrator admin = Administrator.of(workbench);
        switch (act.what()) {
            case "suspend" -> suspend(true, workbench);
            case "resume" -> suspend(false, workbench);
            case "deletePod" -> admin.deletePod(act.number());
            case "killPod" -> admin.killPod(act.number());
            default -> throw new IllegalArgumentException(act.what());
        }
    }

    private static void suspend(boolean suspended, Workbench workbench) {
        if (!isComplete(workbench)) {
            Administrator.of(workbench)
                    .merge(Job.class, "pi", "{\"spec\": {\"suspend\": %b}}".formatted(suspended));
        }
    }

    @Override
    public void heal(Workbench workbench) {
        suspend(false, workbench);
    }

    @Override
    public boolean isSettled(Workbench workbench) {
        return isComplete(workbench);
    }

    private static boolean isComplete(Workbench workbench) {
        Job job = workbench.admin().get(Job.class, "default", "pi");
        return job.getStatus() != null
                && job.getStatus().getConditions().stream().anyMatch(FaultyJob::isComplete);
    }

    private static boolean isComplete(JobCondition condition) {
        return condition.getType().equals("Complete") && condition.getStatus().equals("True");
    }

    @Override
    public List<Invariant> invariants() {
        return List.of(new JobBooks(KEY));
    }

    @Override
    public Set<String> told() {
        return Set.of("jobs", "pods");
    }
}
