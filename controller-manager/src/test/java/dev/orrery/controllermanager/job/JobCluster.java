package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A cluster with one job, {@code pi}, and a kubelet that is played by hand. */
final class JobCluster {

    final TestCluster cluster = TestCluster.with(JobController::loop, JobController::orphans);

    static JobSpecBuilder spec(int completions, int parallelism) {
        return new JobSpecBuilder()
                .withCompletions(completions)
                .withParallelism(parallelism)
                .withBackoffLimit(6)
                .withCompletionMode("NonIndexed")
                .withNewSelector()
                .addToMatchLabels("job-name", "pi")
                .endSelector()
                .withTemplate(template("Never"));
    }

    static JobSpecBuilder indexed(int completions, int parallelism) {
        return spec(completions, parallelism).withCompletionMode("Indexed");
    }

    static PodTemplateSpec template(String restartPolicy) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("job-name", "pi")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restartPolicy)
                .addNewContainer()
                .withName("pi")
                .withImage("perl:5.34.0")
                .endContainer()
                .endSpec()
                .build();
    }

    static Job job(JobSpecBuilder spec) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("pi")
                .withNamespace("default")
                .endMetadata()
                .withSpec(spec.build())
                .build();
    }

    void create(JobSpecBuilder spec) {
        cluster.create(job(spec));
        cluster.settle();
    }

    void change(UnaryOperator<JobSpecBuilder> change) {
        Job job = job();
        cluster.store()
                .update(
                        new JobBuilder(job)
                                .withSpec(change.apply(new JobSpecBuilder(job.getSpec())).build())
                                .build());
        cluster.settle();
    }

    void wait(Duration time) {
        cluster.advance(time);
    }

    Job job() {
        return cluster.get(Job.class, "pi");
    }

    JobStatus status() {
        return job().getStatus();
    }

    /** {@code Complete CompletionsReached}, of the conditions that hold. */
    List<String> conditions() {
        return status().getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> condition.getType() + " " + condition.getReason())
                .toList();
    }

    String message(String type) {
        return status().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .map(JobCondition::getMessage)
                .findFirst()
                .orElse("");
    }

    List<Pod> pods() {
        return cluster.list(Pod.class);
    }

    List<Pod> active() {
        return pods().stream().filter(Pods::isActive).toList();
    }

    Pod ofIndex(int index) {
        return active().stream().filter(pod -> PodIndex.of(pod) == index).findFirst().orElseThrow();
    }

    void run(Pod pod) {
        cluster.ready(pod);
        cluster.settle();
    }

    void succeed(Pod pod) {
        end(pod, "Succeeded", 0);
        cluster.settle();
    }

    void fail(Pod pod) {
        fail(pod, 1);
    }

    void fail(Pod pod, int code) {
        end(pod, "Failed", code);
        cluster.settle();
    }

    void succeedAll() {
        active().forEach(pod -> end(pod, "Succeeded", 0));
        cluster.settle();
    }

    void end(Pod pod, String phase, int code) {
        Pod now = cluster.get(Pod.class, pod.getMetadata().getName());
        String time = cluster.now().toString();
        cluster.store()
                .updateStatus(
                        new PodBuilder(now)
                                .withNewStatus()
                                .withPhase(phase)
                                .withConditions(
                                        now.getStatus() == null
                                                ? List.of()
                                                : now.getStatus().getConditions())
                                .addNewContainerStatus()
                                .withName("pi")
                                .withNewState()
                                .withNewTerminated()
                                .withExitCode(code)
                                .withFinishedAt(time)
                                .endTerminated()
                                .endState()
                                .endContainerStatus()
                                .endStatus()
                                .build());
    }

    void disrupt(Pod pod) {
        Pod now = cluster.get(Pod.class, pod.getMetadata().getName());
        cluster.store()
                .updateStatus(
                        new PodBuilder(now)
                                .editOrNewStatus()
                                .addNewCondition()
                                .withType("DisruptionTarget")
                                .withStatus("True")
                                .endCondition()
                                .endStatus()
                                .build());
        fail(pod, 137);
    }

    /** The kubelet is done with every pod that was to go. */
    void removeDeleted() {
        for (Pod pod : pods()) {
            if (Owners.isBeingDeleted(pod)) {
                cluster.store()
                        .delete(
                                Pod.class,
                                "default",
                                pod.getMetadata().getName(),
                                Deletion.ANY.withGracePeriod(0));
            }
        }
        cluster.settle();
    }

    List<String> events() {
        return cluster.events().lines();
    }

    int failed() {
        return Objects.requireNonNullElse(status().getFailed(), 0);
    }

    int succeeded() {
        return Objects.requireNonNullElse(status().getSucceeded(), 0);
    }
}
