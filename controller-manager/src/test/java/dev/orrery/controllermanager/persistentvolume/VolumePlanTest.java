package dev.orrery.controllermanager.persistentvolume;

import static dev.orrery.controllermanager.persistentvolume.Sample.claim;
import static dev.orrery.controllermanager.persistentvolume.Sample.keptFor;
import static dev.orrery.controllermanager.persistentvolume.Sample.naming;
import static dev.orrery.controllermanager.persistentvolume.Sample.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.storage.Marks;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming */
class VolumePlanTest {

    private static final PersistentVolume DISK = volume("disk", "8Gi");
    private static final PersistentVolume BOUND = keptFor(DISK, "www", "uid-www");
    private static final PersistentVolumeClaim CLAIM = claim("www", "5Gi", "");

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("nobody's", DISK, null, new VolumePlan.Enter("Available")),
                Arguments.of(
                        "kept for a name",
                        keptFor(DISK, "www", null),
                        CLAIM,
                        new VolumePlan.Enter("Available")),
                Arguments.of(
                        "both know", BOUND, naming(CLAIM, "disk"), new VolumePlan.Enter("Bound")),
                Arguments.of("the claim does not know yet", BOUND, CLAIM, new VolumePlan.Leave()),
                Arguments.of(
                        "the claim went elsewhere",
                        BOUND,
                        naming(CLAIM, "other"),
                        new VolumePlan.Unbind()),
                Arguments.of(
                        "made for a claim that went elsewhere",
                        made(policy("Delete"), "who.example"),
                        naming(CLAIM, "other"),
                        new VolumePlan.Reclaim(new VolumePlan.Reclaiming.Keep())),
                Arguments.of(
                        "the claim is gone",
                        BOUND,
                        null,
                        new VolumePlan.Reclaim(new VolumePlan.Reclaiming.Keep())),
                Arguments.of(
                        "the claim was made anew",
                        BOUND,
                        claim(CLAIM, c -> c.editMetadata().withUid("new").endMetadata()),
                        new VolumePlan.Reclaim(new VolumePlan.Reclaiming.Keep())),
                Arguments.of(
                        "deleted by its maker",
                        made(policy("Delete"), "who.example"),
                        null,
                        new VolumePlan.Reclaim(new VolumePlan.Reclaiming.Keep())),
                Arguments.of(
                        "scratch is deleted",
                        volume(
                                policy("Delete"),
                                v ->
                                        v.editSpec()
                                                .editHostPath()
                                                .withPath("/tmp/a")
                                                .endHostPath()
                                                .endSpec()),
                        null,
                        new VolumePlan.Reclaim(new VolumePlan.Reclaiming.Delete())),
                Arguments.of(
                        "other paths are not",
                        policy("Delete"),
                        null,
                        failed(
                                "VolumeFailedDelete",
                                "host_path deleter only supports /tmp/.+ but received provided /data")),
                Arguments.of(
                        "nor are local volumes",
                        volume(
                                policy("Delete"),
                                v ->
                                        v.editSpec()
                                                .withHostPath(null)
                                                .withNewLocal("ext4", "/mnt")
                                                .endSpec()),
                        null,
                        failed(
                                "VolumeFailedDelete",
                                "error getting deleter volume plugin for volume \"disk\": no deletable volume plugin matched")),
                Arguments.of(
                        "recycled",
                        policy("Recycle"),
                        null,
                        new VolumePlan.Reclaim(new VolumePlan.Reclaiming.Recycle())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void plans(
            String name,
            PersistentVolume volume,
            @Nullable PersistentVolumeClaim claim,
            VolumePlan plan) {
        assertThat(VolumePlan.of(volume, claim)).isEqualTo(plan);
    }

    private static PersistentVolume policy(String policy) {
        return volume(BOUND, v -> v.editSpec().withPersistentVolumeReclaimPolicy(policy).endSpec());
    }

    private static PersistentVolume made(PersistentVolume volume, String maker) {
        return volume(
                volume,
                v -> v.editMetadata().addToAnnotations(Marks.PROVISIONED_BY, maker).endMetadata());
    }

    private static VolumePlan failed(String reason, String message) {
        return new VolumePlan.Reclaim(
                new VolumePlan.Reclaiming.Fail(Notice.warning(reason, message)));
    }
}
