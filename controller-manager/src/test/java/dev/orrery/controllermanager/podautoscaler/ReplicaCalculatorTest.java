package dev.orrery.controllermanager.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.controllermanager.podautoscaler.ReplicaCalculator.Proposal;
import dev.orrery.controllermanager.service.Shop;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details */
class ReplicaCalculatorTest {

    /** Pods ask for 1000m each. */
    @ParameterizedTest
    @CsvSource({
        // used, target, replicas, utilization, average
        "900 900 900 900, 60, 6, 90, 900",
        "300 300 300 300, 60, 2, 30, 300",
        "550 550,         50, 2, 55, 550", // ten percent above
        "560 560,         50, 3, 56, 560",
        "450 450,         50, 2, 45, 450", // ten percent below
        "440 440,         50, 2, 44, 440", // 1.76 pods are two
        "3000,            50, 6, 300, 3000",
        "0 0 0,           50, 0, 0, 0",
    })
    void asksForTheRatioOfUseToTarget(
            String used, int target, int replicas, int utilization, long average) {
        List<PodUsage> usages = Load.cpu(numbers(used));
        assertThat(calculator(usages.size()).forUtilization(cpu(usages), target))
                .isEqualTo(new Proposal(replicas, utilization, average));
    }

    @ParameterizedTest
    @CsvSource({
        // used, target of each, replicas
        "100 300, 100, 4",
        "100 110, 100, 2",
        "20 20 20 20, 40, 2",
    })
    void asksForAnAverage(String used, long target, int replicas) {
        List<PodUsage> usages = Load.cpu(numbers(used));
        assertThat(calculator(usages.size()).forAverage(cpu(usages), target).replicas())
                .isEqualTo(replicas);
    }

    /** Four pods, three of them measured; wanted 50 %. */
    @ParameterizedTest
    @CsvSource({
        "900 900 900, 6", // as if the fourth used nothing: 67 %
        "600 600 600, 4", // then 45 %: the other way, so nothing
        "100 100 100, 3", // as if the fourth used all: 32 %
        "400 400 400, 4", // then 55 %: the other way
        "500 500 500, 4",
    })
    void makesTheChangeSmallerForWhatIsMissing(String used, int replicas) {
        assertThat(calculator(4).forUtilization(cpu(Load.cpu(numbers(used))), 50).replicas())
                .isEqualTo(replicas);
    }

    @Test
    void takesPodsThatStartAsUsingNothingBeforeGrowing() {
        List<Pod> pods = new ArrayList<>(Load.pods(2));
        pods.add(starting("p2"));
        var calculator = new ReplicaCalculator(3, tolerance(), pods, Load.NOW);

        // 100 % of two are 67 % of three, which is four pods at 50 %
        assertThat(calculator.forUtilization(cpu(Load.cpu(1000, 1000, 5000)), 50).replicas())
                .isEqualTo(4);
        // Before shrinking they do not count at all.
        assertThat(calculator.forUtilization(cpu(Load.cpu(100, 100, 5000)), 50).replicas())
                .isEqualTo(1);
    }

    @Test
    void countsAPodThatIsReadyForAWindow() {
        Pod young =
                Load.pod("p0")
                        .edit()
                        .editStatus()
                        .withStartTime("2026-03-01T00:58:00Z")
                        .editFirstCondition()
                        .withLastTransitionTime("2026-03-01T00:59:50Z")
                        .endCondition()
                        .endStatus()
                        .build();
        Usage usage = cpu(Load.cpu(900));
        Instant later = Load.NOW.plusSeconds(10);
        Usage fresh =
                new Usage(
                        "cpu",
                        "",
                        Map.of("p0", new Usage.Sample(900, later, Duration.ofSeconds(15))));

        assertThat(PodGroups.of(List.of(young), usage, Load.NOW).unready()).containsExactly("p0");
        assertThat(PodGroups.of(List.of(young), fresh, later).ready()).isEqualTo(1);
    }

    @Test
    void leavesOutPodsThatGo() {
        List<Pod> pods = new ArrayList<>(Load.pods(1));
        pods.add(Shop.terminating("p1", "10.0.0.2"));
        PodGroups groups = PodGroups.of(pods, cpu(Load.cpu(100, 100)), Load.NOW);

        assertThat(groups.ignored()).containsExactly("p1");
        assertThat(groups.ready()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrong() {
        Usage usage = cpu(Load.cpu(100));
        assertThatThrownBy(() -> calculator(0).forUtilization(usage, 50))
                .hasMessage("no pods returned by selector while calculating replica count");
        assertThatThrownBy(() ->
                        new ReplicaCalculator(1, tolerance(), List.of(starting("p0")), Load.NOW)
                                .forUtilization(usage, 50))
                .hasMessage("did not receive metrics for targeted pods (pods might be unready)");
        assertThatThrownBy(() ->
                        new ReplicaCalculator(
                                        1,
                                        tolerance(),
                                        List.of(Shop.pod("p0", "10.0.0.1").build()),
                                        Load.NOW)
                                .forAverage(usage, 50))
                .hasMessage("did not receive metrics for targeted pods (pods might be unready)");
        assertThatThrownBy(() -> usage.requests(List.of(Shop.pod("p0", "10.0.0.1").build())))
                .hasMessage("missing request for cpu in container web of Pod p0");
        assertThatThrownBy(() -> Usage.of("cpu", "", "default", List.of()))
                .hasMessage("no metrics returned from resource metrics API");
        assertThatThrownBy(() -> Usage.of("cpu", "app", "default", Load.cpu(1)))
                .hasMessage("container app not present in metrics for pod default/p0");
    }

    private static Pod starting(String name) {
        return Load.pod(name)
                .edit()
                .editStatus()
                .withStartTime("2026-03-01T00:59:00Z")
                .editFirstCondition()
                .withStatus("False")
                .endCondition()
                .endStatus()
                .build();
    }

    private static ReplicaCalculator calculator(int pods) {
        return new ReplicaCalculator(pods, tolerance(), Load.pods(pods), Load.NOW);
    }

    private static Tolerance tolerance() {
        return Tolerance.of(null);
    }

    private static Usage cpu(List<PodUsage> usages) {
        return Usage.of("cpu", "", "default", usages);
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.strip().split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
