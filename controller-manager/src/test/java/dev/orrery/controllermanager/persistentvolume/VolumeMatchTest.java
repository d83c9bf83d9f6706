package dev.orrery.controllermanager.persistentvolume;

import static dev.orrery.controllermanager.persistentvolume.Sample.keptFor;
import static dev.orrery.controllermanager.persistentvolume.Sample.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding */
class VolumeMatchTest {

    private static final PersistentVolumeClaim CLAIM = Sample.claim("www", "5Gi", "");

    private static final PersistentVolume TEN = volume("ten", "10Gi");
    private static final PersistentVolume EIGHT = volume("eight", "8Gi");
    private static final PersistentVolume FOUR = volume("four", "4Gi");
    private static final PersistentVolume SHARED =
            volume(
                    volume("shared", "5Gi"),
                    v -> v.editSpec().addToAccessModes("ReadWriteMany").endSpec());
    private static final PersistentVolume LABELLED =
            volume(
                    volume("labelled", "50Gi"),
                    v -> v.editMetadata().addToLabels("disk", "fast").endMetadata());
    private static final PersistentVolume CLASSY =
            volume(
                    volume("classy", "6Gi"),
                    v -> v.editSpec().withStorageClassName("slow").endSpec());
    private static final PersistentVolume BLOCK =
            volume(volume("block", "6Gi"), v -> v.editSpec().withVolumeMode("Block").endSpec());
    private static final PersistentVolume RELEASED =
            volume(
                    volume("released", "6Gi"),
                    v -> v.editStatus().withPhase("Released").endStatus());
    private static final PersistentVolume GOING =
            volume(
                    volume("going", "6Gi"),
                    v ->
                            v.editMetadata()
                                    .withDeletionTimestamp("2026-03-01T00:00:00Z")
                                    .endMetadata());

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of(
                        "the smallest that is large enough",
                        CLAIM,
                        List.of(TEN, EIGHT, FOUR),
                        "eight"),
                Arguments.of("none is large enough", CLAIM, List.of(FOUR), ""),
                Arguments.of(
                        "fewest access modes before size", CLAIM, List.of(SHARED, EIGHT), "eight"),
                Arguments.of("more access modes than asked for", CLAIM, List.of(SHARED), "shared"),
                Arguments.of(
                        "too few access modes", wants(CLAIM, "ReadWriteMany"), List.of(EIGHT), ""),
                Arguments.of("another class", CLAIM, List.of(CLASSY), ""),
                Arguments.of(
                        "its class",
                        Sample.claim("www", "5Gi", "slow"),
                        List.of(EIGHT, CLASSY),
                        "classy"),
                Arguments.of("another mode", CLAIM, List.of(BLOCK), ""),
                Arguments.of("its labels", selecting("fast"), List.of(EIGHT, LABELLED), "labelled"),
                Arguments.of("no such labels", selecting("slow"), List.of(EIGHT, LABELLED), ""),
                Arguments.of("only what is available", CLAIM, List.of(RELEASED, GOING), ""),
                Arguments.of(
                        "what is kept for its name, though larger",
                        CLAIM,
                        List.of(EIGHT, keptFor(TEN, "www", null)),
                        "ten"),
                Arguments.of(
                        "what is kept for another",
                        CLAIM,
                        List.of(keptFor(EIGHT, "other", null)),
                        ""),
                Arguments.of(
                        "what is kept for one that had its name",
                        CLAIM,
                        List.of(keptFor(EIGHT, "www", "old")),
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void chooses(
            String name, PersistentVolumeClaim claim, List<PersistentVolume> volumes, String best) {
        assertThat(
                        VolumeMatch.best(claim, volumes, false)
                                .map(each -> each.getMetadata().getName())
                                .orElse(""))
                .isEqualTo(best);
    }

    @Test
    void leavesTheChoiceToTheSchedulerWhereTheClassWaits() {
        assertThat(VolumeMatch.best(CLAIM, List.of(EIGHT), true)).isEmpty();
        assertThat(VolumeMatch.best(CLAIM, List.of(keptFor(EIGHT, "www", null)), true)).isPresent();
    }

    private static PersistentVolumeClaim wants(PersistentVolumeClaim claim, String mode) {
        return Sample.claim(claim, c -> c.editSpec().withAccessModes(mode).endSpec());
    }

    private static PersistentVolumeClaim selecting(String disk) {
        return Sample.claim(
                CLAIM,
                c ->
                        c.editSpec()
                                .withNewSelector()
                                .addToMatchLabels("disk", disk)
                                .endSelector()
                                .endSpec());
    }
}
