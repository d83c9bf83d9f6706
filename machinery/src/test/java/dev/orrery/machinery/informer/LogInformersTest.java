package dev.orrery.machinery.informer;

import static dev.orrery.machinery.testing.Objects.configMap;
import static dev.orrery.machinery.testing.Objects.owned;
import static dev.orrery.machinery.testing.Objects.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.orrery.machinery.testing.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogInformersTest {

    private final World world = new World();
    private final Informer<Pod> pods = world.informers.of(Pod.class);
    private final List<String> heard = new ArrayList<>();

    @Test
    void readsTheSnapshotAndThenTheLog() {
        long first = world.api.put(pod("a"));
        world.start();
        assertThat(names(pods.list())).containsExactly("a@" + first);

        long second = world.api.put(pod("a", "node-1"));
        long third = world.api.put(pod("b"));
        world.settle();

        assertThat(names(pods.list())).containsExactly("a@" + second, "b@" + third);
        assertThat(world.informers.applied()).isEqualTo(third);
    }

    @Test
    void appliesTheRuleOfTheLog() {
        long won = world.api.put(pod("a"));
        world.start();
        world.api.putLosing(pod("a", "node-1"));
        world.api.putLosing(pod("b"));
        world.settle();

        assertThat(names(pods.list())).containsExactly("a@" + won);
        assertThat(world.informers.applied()).isEqualTo(won + 2);
    }

    @Test
    void passesOverKindsThatItDoesNotKeep() {
        pods.addHandler(this::hear);
        world.start();
        long version = world.api.put(configMap("a", "1"));
        world.settle();

        assertThat(world.informers.applied()).isEqualTo(version);
        assertThat(heard).isEmpty();
    }

    @Test
    void forgetsWhatIsDeleted() {
        world.api.put(pod("a"));
        pods.addHandler(this::hear);
        world.start();
        long deletion = world.api.delete(Pod.class, "default", "a");
        world.settle();

        assertThat(pods.get("default", "a")).isNull();
        assertThat(heard).containsExactly("1: none -> a@1", deletion + ": a@1 -> none");
    }

    @Test
    void tellsHandlersInTheLogsOrderWhenTheChangeCanBeRead() {
        Informer<ConfigMap> maps = world.informers.of(ConfigMap.class);
        pods.addHandler(this::hear);
        maps.addHandler(this::hear);
        pods.addHandler((before, after, change) -> {
            assertThat(pods.get("default", "b")).isSameAs(after);
            assertThat(world.informers.applied()).isGreaterThanOrEqualTo(change.resourceVersion());
            heard.add("second");
        });
        world.start();
        world.api.put(configMap("a", "1"));
        world.api.put(pod("b"));
        world.api.put(configMap("a", "2"));
        world.settle();

        assertThat(heard)
                .containsExactly("1: none -> a@1", "2: none -> b@2", "second", "3: a@1 -> a@3");
    }

    @Test
    void tellsOfTheFirstSnapshotInTheOrderOfWriting() {
        world.api.put(pod("b"));
        world.api.put(pod("a"));
        world.api.put(pod("b", "node-1"));
        pods.addHandler(this::hear);
        world.start();

        assertThat(heard).containsExactly("2: none -> a@2", "3: none -> b@3");
    }

    @Test
    void aHandlerThatThrowsStopsNoOther() {
        pods.addHandler((_, _, _) -> {
            throw new IllegalStateException("on purpose");
        });
        pods.addHandler(this::hear);
        world.start();
        world.api.put(pod("a"));
        world.settle();

        assertThat(heard).containsExactly("1: none -> a@1");
    }

    @Test
    void looksUpByOwnerNamespaceAndIndex() {
        Index<Pod> byNode = new Index<>("node", LogInformersTest::node);
        pods.addIndex(byNode);
        ConfigMap owner = configMap("owner", "1");
        world.api.put(owned(pod("a", "node-1"), owner, false));
        world.api.put(pod("b", "node-1"));
        world.start();
        assertThat(names(pods.ownedBy("uid-of-owner"))).containsExactly("a@1");
        assertThat(names(pods.byIndex(byNode, "node-1"))).containsExactly("a@1", "b@2");

        world.api.put(pod("a", "node-2"));
        world.api.delete(Pod.class, "default", "b");
        world.settle();

        assertThat(pods.ownedBy("uid-of-owner")).isEmpty();
        assertThat(pods.byIndex(byNode, "node-1")).isEmpty();
        assertThat(names(pods.byIndex(byNode, "node-2"))).containsExactly("a@3");
        assertThat(names(pods.list("default"))).containsExactly("a@3");
        assertThat(pods.list("defaul")).isEmpty();
        assertThat(pods.list("default-2")).isEmpty();
    }

    @Test
    void aListThatWasHandedOutDoesNotChange() {
        world.api.put(pod("a"));
        world.start();
        Collection<Pod> before = pods.list();
        world.api.put(pod("b"));
        world.settle();

        assertThat(names(before)).containsExactly("a@1");
    }

    @Test
    void startsAgainFromASnapshotWhereTheLogWasTrimmed() {
        world.api.put(pod("stays"));
        world.api.put(pod("changes"));
        world.api.put(pod("goes"));
        pods.addHandler(this::hear);
        world.start();
        Pod unchanged = pods.get("default", "stays");
        heard.clear();

        world.api.put(pod("changes", "node-1"));
        world.api.put(pod("comes"));
        world.api.delete(Pod.class, "default", "goes");
        world.log.trim(6);
        long after = world.api.put(configMap("other", "1"));
        world.pass(Duration.ofSeconds(1));

        assertThat(heard)
                .containsExactly(
                        "4: changes@2 -> changes@4", "5: none -> comes@5", "7: goes@3 -> none");
        assertThat(pods.get("default", "stays")).isSameAs(unchanged);
        assertThat(world.informers.applied()).isEqualTo(after);

        world.api.put(pod("later"));
        world.settle();
        assertThat(pods.get("default", "later")).isNotNull();
    }

    @Test
    void waitsForAnApiServerThatIsNotThere() {
        world.api.put(pod("a"));
        world.api.failNext(4);
        world.start();
        assertThat(world.informers.isSynced()).isFalse();

        world.pass(Duration.ofSeconds(1));
        assertThat(world.informers.isSynced()).isTrue();
        assertThat(names(pods.list())).containsExactly("a@1");
    }

    @Test
    void runsATaskOnceAResourceVersionWasPassed() {
        pods.addHandler(this::hear);
        world.start();
        world.informers.whenApplied(0, () -> heard.add("at once"));
        world.informers.whenApplied(2, () -> heard.add("two"));
        world.informers.whenApplied(1, () -> heard.add("one, at " + world.informers.applied()));
        assertThat(heard).containsExactly("at once");

        world.api.put(pod("a"));
        world.settle();
        assertThat(heard).containsExactly("at once", "1: none -> a@1", "one, at 1");
        world.api.putLosing(pod("a"));
        world.settle();
        assertThat(heard).endsWith("two");
    }

    @Test
    void survivesAnObjectThatItsModelCannotRead() {
        world.api.put(pod("a"));
        pods.addHandler(this::hear);
        world.start();
        world.api.putUnreadable(Pod.class, "default", "a");
        world.settle();
        assertThat(pods.list()).isEmpty();

        world.api.put(pod("a"));
        world.settle();
        assertThat(heard).containsExactly("1: none -> a@1", "2: a@1 -> none", "3: none -> a@3");
    }

    @Test
    void takesNoHandlersOrKindsAfterTheStart() {
        world.start();
        assertThatIllegalStateException().isThrownBy(() -> pods.addHandler(this::hear));
        assertThatIllegalStateException().isThrownBy(() -> world.informers.of(ConfigMap.class));
        assertThat(world.informers.of(Pod.class)).isSameAs(pods);
    }

    @Test
    void hearsNothingAfterTheStop() {
        pods.addHandler(this::hear);
        world.start();
        world.informers.stop();
        world.api.put(pod("a"));
        world.settle();

        assertThat(heard).isEmpty();
    }

    private void hear(
            @Nullable HasMetadata before,
            @Nullable HasMetadata after,
            ChangeHandler.Change change) {
        heard.add(change.resourceVersion() + ": " + name(before) + " -> " + name(after));
    }

    private static Collection<String> node(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return node == null ? List.of() : List.of(node);
    }

    private static List<String> names(Collection<? extends HasMetadata> objects) {
        return objects.stream().map(LogInformersTest::name).toList();
    }

    private static String name(@Nullable HasMetadata object) {
        return object == null
                ? "none"
                : object.getMetadata().getName() + "@" + object.getMetadata().getResourceVersion();
    }
}
