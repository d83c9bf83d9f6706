package dev.orrery.controllermanager.job;

import static dev.orrery.controllermanager.job.JobCluster.indexed;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicyRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/ and the Job page. */
class IndexedJobTest {

    private final JobCluster pi = new JobCluster();

    @Test
    void givesEachPodItsIndex() {
        pi.create(indexed(3, 2));
        Pod second = pi.ofIndex(1);

        assertThat(second.getMetadata().getName()).startsWith("pi-1-");
        assertThat(second.getMetadata().getLabels()).containsEntry(PodIndex.ANNOTATION, "1");
        assertThat(second.getMetadata().getAnnotations()).containsEntry(PodIndex.ANNOTATION, "1");
        assertThat(second.getSpec().getHostname()).isEqualTo("pi-1");
        EnvVar variable = second.getSpec().getContainers().getFirst().getEnv().getFirst();
        assertThat(variable.getName()).isEqualTo("JOB_COMPLETION_INDEX");
        assertThat(variable.getValueFrom().getFieldRef().getFieldPath())
                .isEqualTo("metadata.labels['batch.kubernetes.io/job-completion-index']");

        pi.succeed(second);
        assertThat(pi.status().getCompletedIndexes()).isEqualTo("1");
        assertThat(PodIndex.of(pi.active())).containsExactly(0, 2);
        pi.succeedAll();
        assertThat(pi.status().getCompletedIndexes()).isEqualTo("0-2");
        assertThat(pi.succeeded()).isEqualTo(3);
        assertThat(pi.conditions()).contains("Complete CompletionsReached");
    }

    @Test
    void triesAnIndexAgain() {
        pi.create(indexed(2, 2));
        pi.fail(pi.ofIndex(0));
        pi.succeed(pi.ofIndex(1));
        pi.wait(Duration.ofSeconds(11));
        assertThat(PodIndex.of(pi.active())).containsExactly(0);
        pi.succeedAll();

        assertThat(pi.succeeded()).isEqualTo(2);
        assertThat(pi.failed()).isEqualTo(1);
    }

    @Test
    void growsAndShrinksWithItsCompletions() {
        pi.create(indexed(2, 2));
        pi.change(spec -> spec.withCompletions(4).withParallelism(4));
        assertThat(PodIndex.of(pi.active())).containsExactly(0, 1, 2, 3);
        pi.change(spec -> spec.withCompletions(1).withParallelism(1));
        assertThat(PodIndex.of(pi.active())).containsExactly(0);
        assertThat(pi.failed()).isZero();
    }

    @Test
    void goesOnAlthoughIndexesFail() {
        pi.create(perIndex(4, 1));
        for (int index : List.of(1, 3)) {
            pi.fail(pi.ofIndex(index));
        }
        assertThat(pi.status().getFailedIndexes()).isEmpty();
        pi.wait(Duration.ofSeconds(11));
        assertThat(pi.ofIndex(1).getMetadata().getAnnotations())
                .containsEntry("batch.kubernetes.io/job-index-failure-count", "1");
        for (int index : List.of(1, 3)) {
            pi.fail(pi.ofIndex(index));
        }
        assertThat(pi.status().getFailedIndexes()).isEqualTo("1,3");
        assertThat(pi.conditions()).isEmpty();
        pi.succeedAll();

        assertThat(pi.status().getCompletedIndexes()).isEqualTo("0,2");
        assertThat(pi.failed()).isEqualTo(4);
        assertThat(pi.succeeded()).isEqualTo(2);
        assertThat(pi.conditions()).contains("Failed FailedIndexes");
        assertThat(pi.message("Failed")).isEqualTo("Job has failed indexes");
    }

    @Test
    void endsWhenTooManyIndexesHaveFailed() {
        pi.create(perIndex(4, 0).withMaxFailedIndexes(0));
        pi.fail(pi.ofIndex(0));

        assertThat(pi.status().getFailedIndexes()).isEqualTo("0");
        assertThat(pi.conditions()).contains("Failed MaxFailedIndexesExceeded");
        assertThat(pi.active()).isEmpty();
    }

    @Test
    void failsAnIndexByItsFailurePolicy() {
        pi.create(
                perIndex(2, 1)
                        .withNewPodFailurePolicy()
                        .addToRules(
                                new PodFailurePolicyRuleBuilder()
                                        .withAction("FailIndex")
                                        .withNewOnExitCodes()
                                        .withOperator("In")
                                        .withValues(1)
                                        .endOnExitCodes()
                                        .build())
                        .endPodFailurePolicy());
        pi.fail(pi.ofIndex(1), 1);
        pi.wait(Duration.ofMinutes(1));
        assertThat(PodIndex.of(pi.active())).containsExactly(0);
        pi.succeedAll();

        assertThat(pi.status().getFailedIndexes()).isEqualTo("1");
        assertThat(pi.status().getCompletedIndexes()).isEqualTo("0");
        assertThat(pi.failed()).isEqualTo(1);
    }

    @Test
    void succeedsBySuccessPolicyAndStopsTheRest() {
        pi.create(
                indexed(5, 5)
                        .withNewSuccessPolicy()
                        .addToRules(new SuccessPolicyRule(1, "0,1"))
                        .endSuccessPolicy());
        pi.active().forEach(this::bind);
        pi.succeed(pi.ofIndex(3));
        assertThat(pi.conditions()).isEmpty();
        pi.succeed(pi.ofIndex(1));

        assertThat(pi.conditions()).containsExactly("SuccessCriteriaMet SuccessPolicy");
        assertThat(pi.message("SuccessCriteriaMet")).isEqualTo("Matched rules at index 0");
        assertThat(pi.active()).isEmpty();
        assertThat(pi.status().getTerminating()).isEqualTo(3);
        pi.removeDeleted();

        assertThat(pi.conditions()).contains("Complete SuccessPolicy");
        assertThat(pi.succeeded()).isEqualTo(2);
        assertThat(pi.failed()).isZero();
        assertThat(pi.status().getTerminating()).isZero();
    }

    private void bind(Pod pod) {
        pi.cluster
                .store()
                .update(new PodBuilder(pod).editSpec().withNodeName("n").endSpec().build());
        pi.cluster.settle();
    }

    private static JobSpecBuilder perIndex(int completions, int limit) {
        return indexed(completions, completions)
                .withBackoffLimit(Integer.MAX_VALUE)
                .withBackoffLimitPerIndex(limit);
    }
}
