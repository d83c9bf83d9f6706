package dev.orrery.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.apiserver.rules.Given;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/ */
class PodColumnsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
    private static final String RUNS = "{ready: true, restartCount: 0, state: {running: {}}}";

    record Case(String status, String ready, String restarts, String pod) {
        @Override
        public String toString() {
            return status;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "Pending",
                        "0/1",
                        "0",
                        "spec: {containers: [{}]}, status: {phase: 'Pending'}"),
                new Case(
                        "ContainerCreating",
                        "0/1",
                        "0",
                        one("{state: {waiting: {reason: 'ContainerCreating'}}}")),
                new Case("Running", "1/1", "0", one(RUNS)),
                new Case(
                        "CrashLoopBackOff",
                        "0/1",
                        "3 (5m ago)",
                        one(
                                "{restartCount: 3, state: {waiting: {reason: 'CrashLoopBackOff'}},"
                                        + " lastState: {terminated: {finishedAt:"
                                        + " '2026-01-01T00:55:00Z'}}}")),
                new Case(
                        "Completed",
                        "0/1",
                        "0",
                        one("{state: {terminated: {exitCode: 0, reason: 'Completed'}}}")),
                new Case("ExitCode:3", "0/1", "0", one("{state: {terminated: {exitCode: 3}}}")),
                new Case(
                        "NotReady",
                        "1/2",
                        "0",
                        "spec: {containers: [{}, {}]}, status: {phase: 'Running',"
                                + " containerStatuses: [{state: {terminated: {exitCode: 0, reason:"
                                + " 'Completed'}}}, "
                                + RUNS
                                + "]}"),
                new Case(
                        "Init:0/2",
                        "0/1",
                        "0",
                        init(
                                "{name: 'a', state: {running: {}}}, {name: 'b', state: {waiting:"
                                        + " {reason: 'PodInitializing'}}}")),
                new Case(
                        "Init:1/2",
                        "0/1",
                        "0",
                        init(
                                "{name: 'a', state: {terminated: {exitCode: 0}}}, {name: 'b', state:"
                                        + " {running: {}}}")),
                new Case(
                        "Init:ErrImagePull",
                        "0/1",
                        "0",
                        init("{name: 'a', state: {waiting: {reason: 'ErrImagePull'}}}")),
                new Case(
                        "Init:Error",
                        "0/1",
                        "2",
                        init(
                                "{name: 'a', restartCount: 2, state: {terminated: {exitCode: 1,"
                                        + " reason: 'Error'}}}")),
                new Case(
                        "Running",
                        "2/2",
                        "0",
                        "spec: {containers: [{}], initContainers: [{name: 's', restartPolicy:"
                                + " 'Always'}]}, status: {phase: 'Running', initContainerStatuses:"
                                + " [{name: 's', started: true, ready: true, state: {running: {}}}],"
                                + " containerStatuses: ["
                                + RUNS
                                + "]}"),
                new Case(
                        "Terminating",
                        "1/1",
                        "0",
                        "metadata: {deletionTimestamp: '2026-01-01T00:59:00Z'}, " + one(RUNS)),
                new Case(
                        "Evicted",
                        "0/1",
                        "0",
                        "spec: {containers: [{}]}, status: {phase: 'Failed', reason: 'Evicted'}"),
                new Case(
                        "SchedulingGated",
                        "0/1",
                        "0",
                        "spec: {containers: [{}]}, status: {phase: 'Pending', conditions: [{type:"
                                + " 'PodScheduled', reason: 'SchedulingGated'}]}"));
    }

    private static String one(String status) {
        return "spec: {containers: [{}]}, status: {phase: 'Running', containerStatuses: ["
                + status
                + "]}";
    }

    private static String init(String statuses) {
        return "spec: {containers: [{}], initContainers: [{name: 'a'}, {name: 'b'}]}, status:"
                + " {phase: 'Pending', initContainerStatuses: ["
                + statuses
                + "], containerStatuses: [{state: {waiting: {reason: 'PodInitializing'}}}]}";
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsWhatPodsDo(Case given) {
        List<Object> cells = new PodColumns().cells(Given.object("{" + given.pod() + "}"), NOW);

        assertThat(cells.subList(1, 4))
                .containsExactly(given.ready(), given.status(), given.restarts());
    }

    @Test
    void showsAddressAndNodeWhenWide() {
        List<Object> cells =
                new PodColumns()
                        .cells(
                                Given.object(
                                        """
                                        {metadata: {name: 'web',
                                           creationTimestamp: '2026-01-01T00:58:00Z'},
                                         spec: {nodeName: 'node-1', containers: [{}],
                                           readinessGates: [{conditionType: 'a/b'}]},
                                         status: {phase: 'Pending', podIPs: [{ip: '10.244.1.2'}]}}
                                        """),
                                NOW);

        assertThat(cells)
                .containsExactly(
                        "web",
                        "0/1",
                        "Pending",
                        "0",
                        "2m",
                        "10.244.1.2",
                        "node-1",
                        "<none>",
                        "0/1");
    }
}
