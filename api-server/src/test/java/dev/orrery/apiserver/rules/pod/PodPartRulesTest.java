package dev.orrery.apiserver.rules.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.rules.FieldError;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Given;
import java.util.List;
import org.junit.jupiter.api.Test;

/** https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/ */
class PodPartRulesTest {

    private static final String SIZED =
            "{spec: {containers: [{name: 'a', resources: {requests: {cpu: '1'}, limits: {memory:"
                    + " '2Gi'}}}]}}";

    private static List<String> faults(String part, String old, String changed) {
        FieldErrors errors = new FieldErrors();
        new PodRules().validatePartUpdate(part, Given.object(changed), Given.object(old), errors);
        return errors.all().stream().map(FieldError::toString).toList();
    }

    @Test
    void resourcesMove() {
        assertThat(faults("resize", SIZED, SIZED.replace("'1'", "'2'").replace("2Gi", "3Gi")))
                .isEmpty();
    }

    /** Since 1.34 whether there is room for what a container holds is its kubelet's to find out. */
    @Test
    void memoryLimitsShrinkInPlaceToo() {
        assertThat(faults("resize", SIZED, SIZED.replace("2Gi", "1Gi"))).isEmpty();
    }

    @Test
    void requestsStay() {
        assertThat(faults("resize", SIZED, SIZED.replace("requests: {cpu: '1'}, ", "")))
                .containsExactly(
                        "spec.containers[0].resources.requests: Forbidden: resource requests"
                                + " cannot be removed");
    }

    @Test
    void theClassOfServiceStays() {
        assertThat(
                        faults(
                                "resize",
                                "{spec: {containers: [{name: 'a'}]}, status: {qosClass:"
                                        + " 'BestEffort'}}",
                                "{spec: {containers: [{name: 'a', resources: {requests: {cpu:"
                                        + " '1'}}}]}}"))
                .containsExactly(
                        "spec: Invalid value: \"BestEffort\": Pod QOS Class may not change as a"
                                + " result of resizing");
    }

    @Test
    void ephemeralContainersComeAndStay() {
        String none = "{spec: {}}";
        String one = "{spec: {ephemeralContainers: [{name: 'debug', image: 'busybox'}]}}";
        assertThat(faults("ephemeralcontainers", none, one)).isEmpty();
        assertThat(faults("ephemeralcontainers", one, none))
                .containsExactly(
                        "spec.ephemeralContainers: Forbidden: existing ephemeral containers"
                                + " \"debug\" may not be removed\n");
    }
}
