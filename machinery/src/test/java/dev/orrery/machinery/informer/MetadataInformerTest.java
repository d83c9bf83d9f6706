package dev.orrery.machinery.informer;

import static dev.orrery.machinery.testing.Objects.configMap;
import static dev.orrery.machinery.testing.Objects.owned;
import static dev.orrery.machinery.testing.Objects.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.testing.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataInformerTest {

    private final World world = new World();
    private final MetadataInformer metadata = world.informers.metadata();

    @Test
    void knowsObjectsOfKindsThatNobodyAskedFor() {
        world.api.put(configMap("before", "1"));
        world.start();
        long version = world.api.put(configMap("after", "1"));
        world.settle();

        assertThat(names(metadata.list("default"))).containsExactly("after", "before");
        ObjectMetadata after = metadata.byUid("uid-of-after");
        assertThat(after)
                .isEqualTo(
                        new ObjectMetadata(
                                key("configmaps", "after"),
                                "v1",
                                "ConfigMap",
                                "uid-of-after",
                                version,
                                false,
                                List.of(),
                                List.of()));
    }

    @Test
    void findsDependentsByOwnerOfWhateverKind() {
        ConfigMap owner = configMap("owner", "1");
        world.api.put(owner);
        world.api.put(owned(pod("b"), owner, true));
        world.api.put(owned(pod("a"), owner, false));
        world.start();

        assertThat(names(metadata.ownedBy("uid-of-owner"))).containsExactly("a", "b");

        world.api.put(pod("a"));
        world.api.delete(Pod.class, "default", "b");
        world.settle();

        assertThat(metadata.ownedBy("uid-of-owner")).isEmpty();
        assertThat(metadata.get(key("pods", "b"))).isNull();
    }

    @Test
    void appliesTheRuleOfTheLogAndTellsHandlers() {
        List<String> heard = new ArrayList<>();
        metadata.addHandler((before, after, change) ->
                heard.add(change.resourceVersion() + ": " + (after == null ? "gone" : "there")));
        world.start();
        long added = world.api.put(pod("a"));
        world.api.putLosing(pod("a"));
        long gone = world.api.delete(Pod.class, "default", "a");
        world.settle();

        assertThat(heard).containsExactly(added + ": there", gone + ": gone");
    }

    @Test
    void readsWhatDeletionIsAbout() {
        Pod pod =
                new PodBuilder(pod("a"))
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T00:00:00Z")
                        .withFinalizers("foregroundDeletion")
                        .addToLabels("uid", "not-this")
                        .endMetadata()
                        .build();

        ObjectMetadata read = MetadataReader.read(key("pods", "a"), Json.write(pod), 7);

        assertThat(read.deleting()).isTrue();
        assertThat(read.finalizers()).containsExactly("foregroundDeletion");
        assertThat(read.uid()).isEqualTo("uid-of-a");
    }

    private static ObjectKey key(String resource, String name) {
        return new ObjectKey(new GroupResource("", resource), "default", name);
    }

    private static List<String> names(Collection<ObjectMetadata> objects) {
        return objects.stream().map(object -> object.key().name()).toList();
    }
}
