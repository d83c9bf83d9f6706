package dev.orrery.controllermanager.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.cluster.TestCluster;
import dev.orrery.machinery.store.Deletion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://kubernetes.io/docs/concepts/architecture/garbage-collection/ */
class GarbageLoopTest {

    private final TestCluster cluster = TestCluster.with(GarbageCollector::loop);

    @ParameterizedTest
    @ValueSource(strings = {"Background", "Foreground"})
    void deletesAWholeTree(String propagation) {
        ConfigMap root = create("root");
        ConfigMap branch = create("branch", root);
        create("leaf-1", branch);
        create("leaf-2", branch);

        delete("root", propagation);

        assertThat(names()).isEmpty();
    }

    @Test
    void orphansDependents() {
        ConfigMap root = create("root");
        ConfigMap branch = create("branch", root);
        create("leaf", branch);

        delete("root", "Orphan");

        assertThat(names()).containsExactly("branch", "leaf");
        assertThat(get("branch").getMetadata().getOwnerReferences()).isEmpty();
        assertThat(get("leaf").getMetadata().getOwnerReferences()).hasSize(1);
    }

    @Test
    void keepsWhatHasAnotherOwner() {
        ConfigMap going = create("going");
        ConfigMap staying = create("staying");
        create("shared", going, staying);

        delete("going", "Foreground");

        assertThat(names()).containsExactly("shared", "staying");
        assertThat(get("shared").getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactly("staying");
    }

    @Test
    void isNotHeldUpByACircle() {
        ConfigMap one = create("one");
        ConfigMap two = create("two", one);
        ConfigMap three = create("three", two);
        cluster.store()
                .update(
                        new ConfigMapBuilder(get("one"))
                                .editMetadata()
                                .withOwnerReferences(reference(three))
                                .endMetadata()
                                .build());
        cluster.settle();

        delete("one", "Foreground");

        assertThat(names()).isEmpty();
    }

    @Test
    void waitsInTheForegroundForADependentsFinalizer() {
        ConfigMap root = create("root");
        ConfigMap held =
                new ConfigMapBuilder(map("held", root))
                        .editMetadata()
                        .withFinalizers("example.com/hold")
                        .endMetadata()
                        .build();
        cluster.create(held);
        cluster.settle();

        delete("root", "Foreground");
        assertThat(names()).containsExactly("held", "root");

        cluster.store()
                .update(
                        new ConfigMapBuilder(get("held"))
                                .editMetadata()
                                .withFinalizers()
                                .endMetadata()
                                .build());
        cluster.settle();
        assertThat(names()).isEmpty();
    }

    @Test
    void collectsWhatIsCreatedForAnOwnerThatNeverWas() {
        ConfigMap stranger = map("stranger");
        stranger.getMetadata().setUid("uid-of-nobody");
        create("child", stranger);

        assertThat(names()).isEmpty();
    }

    private ConfigMap create(String name, ConfigMap... owners) {
        ConfigMap created = cluster.create(map(name, owners));
        cluster.settle();
        return created;
    }

    private static ConfigMap map(String name, ConfigMap... owners) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withOwnerReferences(Arrays.stream(owners).map(GarbageLoopTest::reference).toList())
                .endMetadata()
                .build();
    }

    private static OwnerReference reference(ConfigMap owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withBlockOwnerDeletion(true)
                .build();
    }

    private void delete(String name, String propagation) {
        cluster.store()
                .delete(
                        ConfigMap.class,
                        "default",
                        name,
                        Deletion.ANY.withPropagation(propagation));
        cluster.settle();
    }

    private ConfigMap get(String name) {
        return cluster.get(ConfigMap.class, name);
    }

    private List<String> names() {
        return cluster.list(ConfigMap.class).stream()
                .map(map -> map.getMetadata().getName())
                .toList();
    }
}
