package dev.orrery.kubelet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.kubelet.image.ImageCatalog;
import dev.orrery.kubelet.image.ImageReference;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.machinery.time.ManualClock;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Law: "Define a Command and Arguments for a Container" of Kubernetes' documentation. */
class ProfileRuntimeTest {

    private static final Behaviour FOREVER = new Behaviour.Forever(true);
    private static final Behaviour DEAF = new Behaviour.Forever(false);

    static Stream<Arguments> behaviours() {
        return Stream.of(
                arguments("a server", "nginx", List.of(), List.of(), FOREVER),
                arguments("no profile", "acme/shop:v3", List.of(), List.of(), FOREVER),
                arguments("a shell without input", "busybox", List.of(), List.of(), ends(0, 0)),
                arguments("args", "busybox", List.of(), List.of("sleep", "30"), ends(0, 30)),
                arguments("own entrypoint", "tools", List.of(), List.of("60"), ends(0, 60)),
                arguments("command", "nginx", List.of("/bin/false"), List.of(), ends(1, 0)),
                arguments(
                        "script",
                        "busybox",
                        script("echo hi; sleep 5; exit 3"),
                        List.of(),
                        ends(3, 5)),
                arguments(
                        "and",
                        "busybox",
                        script("sleep 1m && false && sleep 9"),
                        List.of(),
                        ends(1, 60)),
                arguments(
                        "quotes",
                        "busybox",
                        script("echo 'a; exit 9' \"b && c\""),
                        List.of(),
                        ends(0, 0)),
                arguments(
                        "beyond",
                        "busybox",
                        script("while true; do date; sleep 1; done"),
                        List.of(),
                        DEAF),
                arguments(
                        "a variable",
                        "busybox",
                        List.of("sleep", "$(TIME)"),
                        List.of(),
                        ends(0, 42)),
                arguments("infinite", "busybox", List.of("sleep", "infinity"), List.of(), DEAF));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void tellsWhatACommandDoes(
            String name,
            String image,
            List<String> command,
            List<String> args,
            Behaviour expected) {
        assertThat(ProfileRuntime.behaviour(launch(image, command, args, Instant.EPOCH)))
                .isEqualTo(expected);
    }

    @Test
    void endsWhatBeganEarlierAtTheTimeAtWhichItWouldHaveEnded() {
        ManualClock clock = new ManualClock(Instant.EPOCH.plusSeconds(40));
        List<Exit> exits = new ArrayList<>();
        new ProfileRuntime(clock, Runnable::run, new ContainerLogs(), new RunningContainers())
                .start(
                        launch("busybox", List.of("sleep", "60"), List.of(), Instant.EPOCH),
                        exits::add);
        clock.advance(Duration.ofSeconds(19));
        assertThat(exits).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(exits).containsExactly(Exit.of(0));
    }

    @Test
    void killsWhatDoesNotHeedTerm() {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        List<Exit> exits = new ArrayList<>();
        ContainerProcess process =
                new ProfileRuntime(
                                clock, Runnable::run, new ContainerLogs(), new RunningContainers())
                        .start(
                                launch("busybox", List.of("sleep", "60"), List.of(), Instant.EPOCH),
                                exits::add);
        process.signal(Signal.TERM);
        clock.advance(Duration.ofSeconds(10));
        assertThat(exits).isEmpty();
        process.signal(Signal.KILL);
        clock.advance(Duration.ofSeconds(100));
        assertThat(exits).containsExactly(Exit.of(137));
    }

    private static Behaviour ends(int code, long seconds) {
        return new Behaviour.Ends(code, Duration.ofSeconds(seconds), false);
    }

    private static List<String> script(String text) {
        return List.of("sh", "-c", text);
    }

    private static Launch launch(
            String image, List<String> command, List<String> args, Instant startedAt) {
        Container container =
                new ContainerBuilder()
                        .withName("main")
                        .withImage(image)
                        .withCommand(command)
                        .withArgs(args)
                        .build();
        ImageReference reference = ImageReference.parse(image).orElseThrow();
        return new Launch(
                new PodBuilder()
                        .withNewMetadata()
                        .withUid("u")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build(),
                container,
                "c1",
                ImageCatalog.builtIn(Set.of()).profile(reference),
                Map.of("TIME", "42"),
                0,
                startedAt);
    }
}
