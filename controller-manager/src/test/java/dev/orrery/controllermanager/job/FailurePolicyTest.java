package dev.orrery.controllermanager.job;

import static dev.orrery.controllermanager.job.JobCluster.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/tasks/job/pod-failure-policy/ */
class FailurePolicyTest {

    private final JobCluster pi = new JobCluster();

    @Test
    void failsTheJobAtOnceOnAnExitCode() {
        pi.create(withRules(onExit("FailJob", "In", 42)));
        String pod = pi.active().getFirst().getMetadata().getName();
        pi.fail(pi.active().getFirst(), 42);

        assertThat(pi.conditions())
                .containsExactly("FailureTarget PodFailurePolicy", "Failed PodFailurePolicy");
        assertThat(pi.message("Failed"))
                .isEqualTo(
                        "Container pi for pod default/"
                                + pod
                                + " failed with exit code 42 matching FailJob rule at index 0");
    }

    @Test
    void ignoresDisruptions() {
        PodFailurePolicyRule ignore =
                new PodFailurePolicyRuleBuilder()
                        .withAction("Ignore")
                        .addNewOnPodCondition("True", "DisruptionTarget")
                        .build();
        pi.create(withRules(ignore).withBackoffLimit(0));
        pi.disrupt(pi.active().getFirst());

        assertThat(pi.failed()).isZero();
        assertThat(pi.conditions()).isEmpty();
        pi.wait(Duration.ofSeconds(11));
        pi.succeedAll();
        assertThat(pi.conditions()).contains("Complete CompletionsReached");
    }

    @Test
    void takesTheFirstRuleThatMatches() {
        pi.create(withRules(onExit("Count", "In", 42), onExit("FailJob", "NotIn", 7)));
        pi.fail(pi.active().getFirst(), 42);
        assertThat(pi.failed()).isEqualTo(1);
        assertThat(pi.conditions()).isEmpty();

        pi.wait(Duration.ofSeconds(11));
        pi.fail(pi.active().getFirst(), 1);
        assertThat(pi.conditions()).contains("Failed PodFailurePolicy");
        assertThat(pi.failed()).isEqualTo(2);
    }

    private static PodFailurePolicyRule onExit(String action, String operator, int code) {
        return new PodFailurePolicyRuleBuilder()
                .withAction(action)
                .withNewOnExitCodes()
                .withOperator(operator)
                .withValues(code)
                .endOnExitCodes()
                .build();
    }

    private static JobSpecBuilder withRules(PodFailurePolicyRule... rules) {
        return spec(1, 1)
                .withPodReplacementPolicy("Failed")
                .withNewPodFailurePolicy()
                .addToRules(rules)
                .endPodFailurePolicy();
    }
}
