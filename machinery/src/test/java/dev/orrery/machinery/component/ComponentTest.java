package dev.orrery.machinery.component;

import static dev.orrery.machinery.testing.Objects.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.testing.World;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComponentTest {

    private final World world = new World();
    private final List<String> told = new ArrayList<>();
    private int missing;

    @Test
    void startsItsCoreWhenTheInformersHoldTheState() {
        long version = world.api.put(pod("a"));
        Component component = component(Map.of());
        component.start();
        assertThat(component.isReady()).isFalse();
        assertThat(component.applied()).isZero();
        world.settle();

        assertThat(told).containsExactly("created", "started with 1 pods");
        assertThat(component.isReady()).isTrue();
        assertThat(component.applied()).isEqualTo(version);
    }

    @Test
    void waitsForAWorldThatIsNotThereYet() {
        missing = 5;
        world.api.failNext(3);
        Component component = component(Map.of());
        component.start();
        world.settle();
        assertThat(component.isReady()).isFalse();
        world.pass(Duration.ofSeconds(10));
        assertThat(told).endsWith("closed", "created", "started with 0 pods");
    }

    @Test
    void stopsItsCoreAndLetsTheWorldGo() {
        Component component = component(Map.of());
        component.start();
        world.settle();
        component.stop();
        world.api.put(pod("a"));
        world.settle();

        assertThat(told).containsExactly("created", "started with 0 pods", "stopped", "closed");
        assertThat(component.isReady()).isFalse();
        assertThat(component.applied()).isZero();
    }

    @Test
    void aStopBeforeTheStartIsOverLeavesNothingRunning() {
        missing = 1;
        Component component = component(Map.of());
        component.start();
        world.settle();
        component.stop();
        world.pass(Duration.ofMinutes(1));
        assertThat(told).containsExactly("closed");
    }

    @Test
    void endsTheProcessOfACoreThatCannotBeMade() {
        Component component =
                new Component(
                        config(Map.of()),
                        _ -> {
                            throw new IllegalStateException("on purpose");
                        },
                        edges(),
                        world.clock,
                        world.tasks,
                        () -> told.add("fatal"));
        component.start();
        world.settle();
        assertThat(told).containsExactly("fatal");
    }

    @Test
    void twoThatHoldAnElectionDoNotWorkAtTheSameTime() {
        Map<String, String> elected = Map.of("orrery.leader-election", "true", "orrery.seed", "7");
        Component one = component(elected);
        one.start();
        world.settle();
        Component two = component(Map.of("orrery.leader-election", "true", "orrery.seed", "8"));
        two.start();
        world.pass(Duration.ofMinutes(1));
        assertThat(told).containsExactly("created", "started with 0 pods", "created");
        assertThat(two.isReady()).isTrue();

        one.stop();
        world.pass(Duration.ofSeconds(5));
        assertThat(told).endsWith("created", "stopped", "closed", "started with 0 pods");
    }

    @Test
    void findsTheClusterOfThisMachineByDefault() {
        ComponentConfig config = config(Map.of());
        assertThat(config.bootstrapServers()).isEqualTo("127.0.0.1:6448");
        assertThat(config.apiServerAddress()).isEqualTo("127.0.0.1:6444");
        assertThat(config.userAgent()).startsWith("kube-scheduler/v1.36");
        assertThat(config.seed()).isEmpty();
        assertThat(config.leaderElection()).isFalse();
    }

    @Test
    void theSameSeedMakesTheSameChoices() {
        List<Long> chosen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            new Component(
                            config(Map.of("orrery.seed", "42")),
                            surroundings -> {
                                chosen.add(surroundings.random().nextLong());
                                return Core.of(() -> {}, () -> {});
                            },
                            edges(),
                            world.clock,
                            world.tasks,
                            () -> {})
                    .start();
            world.settle();
        }
        assertThat(chosen).hasSize(2);
        assertThat(chosen.getFirst()).isEqualTo(chosen.getLast());
    }

    private Component component(Map<String, String> properties) {
        return new Component(
                config(properties),
                this::core,
                edges(),
                world.clock,
                world.tasks,
                () -> told.add("fatal"));
    }

    private Core core(Surroundings surroundings) {
        told.add("created");
        Informer<Pod> pods = surroundings.informers().of(Pod.class);
        return Core.of(
                () -> told.add("started with " + pods.list().size() + " pods"),
                () -> told.add("stopped"));
    }

    private Edges edges() {
        return new Edges() {
            @Override
            public ClusterLog log(ComponentConfig config) {
                return world.log;
            }

            @Override
            public Transport transport(ComponentConfig config, Clock clock) {
                if (missing-- > 0) {
                    throw new UncheckedIOException(new IOException("no ca.crt yet"));
                }
                return world.api;
            }

            @Override
            public void close() {
                told.add("closed");
            }
        };
    }

    private static ComponentConfig config(Map<String, String> properties) {
        return ComponentConfig.read(
                "scheduler", "kube-scheduler", name -> Optional.ofNullable(properties.get(name)));
    }
}
