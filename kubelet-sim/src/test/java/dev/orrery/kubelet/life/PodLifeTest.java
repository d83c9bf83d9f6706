package dev.orrery.kubelet.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Law: the pages "Pod Lifecycle", "Init Containers" and "Sidecar Containers" of Kubernetes'
 * documentation.
 */
class PodLifeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
    private static final String PAUSE = "pause";

    private static final ContainerState NEW = ContainerState.NEW;
    private static final ContainerState STARTING = NEW.starting(NOW);
    private static final ContainerState RUNNING =
            NEW.runningAs("id", PAUSE, "", new Stage.Running(NOW, true, true));
    private static final ContainerState UNSTARTED =
            NEW.runningAs("id", PAUSE, "", new Stage.Running(NOW, false, false));
    private static final ContainerState DONE = ended(0);
    private static final ContainerState FAILED = ended(1);
    private static final ContainerState FAILED_TWICE =
            FAILED.withRestartBackoff(new Backoff(Backoff.FIRST, NOW.minusSeconds(1)));

    static Stream<Arguments> moves() {
        return Stream.of(
                row("nothing before the sandbox", one("Always"), Map.of(), List.of(sandbox())),
                row("starts", one("Always"), Map.of("main", NEW), List.of(start("main"))),
                row("one at a time", two(), Map.of(), List.of(start("main"))),
                row("waits for the first", two(), Map.of("main", STARTING), List.of()),
                row("then the next", two(), Map.of("main", RUNNING), List.of(start("other"))),
                row("runs", one("Always"), Map.of("main", RUNNING), List.of()),
                row(
                        "restarts at once",
                        one("Always"),
                        Map.of("main", FAILED),
                        List.of(start("main"))),
                row(
                        "restarts success",
                        one("Always"),
                        Map.of("main", DONE),
                        List.of(start("main"))),
                row(
                        "restarts failure",
                        one("OnFailure"),
                        Map.of("main", FAILED),
                        List.of(start("main"))),
                row(
                        "backs off",
                        one("Always"),
                        Map.of("main", FAILED_TWICE),
                        List.of(new Move.HoldBack("main", NOW.plusSeconds(10)))),
                row("is done", one("OnFailure"), Map.of("main", DONE), List.of(end())),
                row("has failed", one("Never"), Map.of("main", FAILED), List.of(end())),
                row("init first", init("Always"), Map.of(), List.of(start("init"))),
                row("init works", init("Always"), Map.of("init", RUNNING), List.of()),
                row("init done", init("Always"), Map.of("init", DONE), List.of(start("main"))),
                row("init again", init("Always"), Map.of("init", FAILED), List.of(start("init"))),
                row("init failed", init("Never"), Map.of("init", FAILED), List.of(end())),
                row(
                        "init is not run again",
                        init("Always"),
                        Map.of("init", NEW, "main", FAILED),
                        List.of(start("main"))),
                row("sidecar first", sidecar(), Map.of(), List.of(start("side"))),
                row("sidecar must start", sidecar(), Map.of("side", UNSTARTED), List.of()),
                row("sidecar started", sidecar(), Map.of("side", RUNNING), List.of(start("main"))),
                row(
                        "sidecar is kept alive",
                        sidecar(),
                        Map.of("side", DONE, "main", RUNNING),
                        List.of(start("side"))),
                row(
                        "sidecar holds nobody up",
                        sidecar(),
                        Map.of("side", RUNNING, "main", DONE),
                        List.of(end())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moves")
    void decidesWhatIsNext(
            String name, Pod pod, Map<String, ContainerState> containers, List<Move> expected) {
        PodState state = PodState.accepted(pod, NOW);
        if (!expected.equals(List.of(sandbox()))) {
            state = state.withSandbox("10.244.0.2");
        }
        for (Map.Entry<String, ContainerState> each : containers.entrySet()) {
            state = state.with(each.getKey(), each.getValue());
        }
        assertThat(PodLife.next(state, NOW)).isEqualTo(expected);
    }

    @Test
    void stopsSidecarsAfterTheMainContainers() {
        PodState state =
                PodState.accepted(sidecar(), NOW)
                        .withSandbox("10.244.0.2")
                        .with("side", RUNNING)
                        .with("main", RUNNING)
                        .ending(Ending.byContainers(NOW, 30));

        assertThat(PodLife.next(state, NOW)).containsExactly(stop("main"));
        PodState mainEnded = state.with("main", DONE);
        assertThat(PodLife.next(mainEnded, NOW)).containsExactly(stop("side"));
        assertThat(PodLife.next(mainEnded.with("side", FAILED), NOW))
                .containsExactly(new Move.Finish());
    }

    @Test
    void endsAtTheDeadline() {
        Pod pod =
                new PodBuilder(one("Always"))
                        .editSpec()
                        .withActiveDeadlineSeconds(60L)
                        .endSpec()
                        .build();
        PodState state =
                PodState.accepted(pod, NOW).withSandbox("10.244.0.2").with("main", RUNNING);

        assertThat(PodLife.next(state, NOW)).containsExactly(new Move.Wake(NOW.plusSeconds(60)));
        assertThat(PodLife.next(state, NOW.plusSeconds(60)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Move.End.class,
                        end -> {
                            assertThat(end.ending().phase()).isEqualTo("Failed");
                            assertThat(end.ending().reason()).isEqualTo("DeadlineExceeded");
                        });
    }

    @Test
    void shortensTheGraceWhereADeletionAsksForLess() {
        Pod pod =
                new PodBuilder(one("Always"))
                        .editMetadata()
                        .withDeletionTimestamp(NOW.toString())
                        .withDeletionGracePeriodSeconds(5L)
                        .endMetadata()
                        .build();
        PodState state =
                PodState.accepted(pod, NOW)
                        .with("main", RUNNING)
                        .ending(Ending.byContainers(NOW.minusSeconds(10), 30));

        assertThat(PodLife.next(state, NOW))
                .containsExactly(new Move.End(Ending.byContainers(NOW, 5)));
    }

    static Stream<Arguments> phases() {
        return Stream.of(
                arguments("new", one("Always"), Map.of(), false, "Pending"),
                arguments("runs", one("Always"), Map.of("main", RUNNING), false, "Running"),
                arguments("one of two", two(), Map.of("main", RUNNING), false, "Pending"),
                arguments("crashes", one("Always"), Map.of("main", FAILED), false, "Running"),
                arguments("fails", one("Never"), Map.of("main", FAILED), false, "Failed"),
                arguments("will retry", one("OnFailure"), Map.of("main", FAILED), false, "Running"),
                arguments("succeeds", one("OnFailure"), Map.of("main", DONE), false, "Succeeded"),
                arguments("initializes", init("Always"), Map.of("init", RUNNING), false, "Pending"),
                arguments("init fails", init("Never"), Map.of("init", FAILED), false, "Failed"),
                arguments("over, well", one("Always"), Map.of("main", DONE), true, "Succeeded"),
                arguments("over, badly", one("Always"), Map.of("main", FAILED), true, "Failed"),
                arguments("over, never ran", one("Always"), Map.of(), true, "Failed"),
                arguments(
                        "sidecar does not count",
                        sidecar(),
                        Map.of("side", FAILED, "main", DONE),
                        true,
                        "Succeeded"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("phases")
    void amountsToAPhase(
            String name,
            Pod pod,
            Map<String, ContainerState> containers,
            boolean over,
            String expected) {
        PodState state = PodState.accepted(pod, NOW);
        for (Map.Entry<String, ContainerState> each : containers.entrySet()) {
            state = state.with(each.getKey(), each.getValue());
        }
        assertThat(Phase.of(state, over)).isEqualTo(expected);
    }

    /** The numbers of {@link Backoff}'s own example. */
    @Test
    void triesAgainLaterAndLater() {
        Backoff backoff = Backoff.NONE;
        Instant time = NOW;
        StringBuilder starts = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            time = backoff.earliest(time);
            starts.append(Duration.between(NOW, time).toSeconds()).append(' ');
            backoff = backoff.tried(time, time);
        }
        assertThat(starts).hasToString("0 10 30 70 150 310 610 910 1210 ");
        assertThat(backoff.earliest(time.plusSeconds(601))).isEqualTo(time.plusSeconds(601));
    }

    private static Arguments row(
            String name, Pod pod, Map<String, ContainerState> containers, List<Move> expected) {
        return arguments(name, pod, containers, expected);
    }

    private static Move sandbox() {
        return new Move.MakeSandbox();
    }

    private static Move start(String container) {
        return new Move.Start(container);
    }

    private static Move stop(String container) {
        return new Move.Stop(container, "Stopping container " + container);
    }

    private static Move end() {
        return new Move.End(Ending.byContainers(NOW, 30));
    }

    private static ContainerState ended(int code) {
        return NEW.runningAs("id", PAUSE, "", new Stage.Running(NOW, true, true))
                .endedWith(new Termination(code, "", "", NOW, NOW, "id"));
    }

    private static Pod one(String restartPolicy) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restartPolicy)
                .addNewContainer()
                .withName("main")
                .withImage(PAUSE)
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod two() {
        return new PodBuilder(one("Always"))
                .editSpec()
                .addNewContainer()
                .withName("other")
                .withImage(PAUSE)
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod init(String restartPolicy) {
        return new PodBuilder(one(restartPolicy))
                .editSpec()
                .addNewInitContainer()
                .withName("init")
                .withImage(PAUSE)
                .endInitContainer()
                .endSpec()
                .build();
    }

    private static Pod sidecar() {
        return new PodBuilder(one("Never"))
                .editSpec()
                .addNewInitContainer()
                .withName("side")
                .withImage(PAUSE)
                .withRestartPolicy("Always")
                .endInitContainer()
                .endSpec()
                .build();
    }
}
