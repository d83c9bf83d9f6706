package dev.orrery.kubelet.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/concepts/storage/ephemeral-storage/ */
class StorageLimitsTest {

    private static Pod pod(String sizeLimit, String medium, String containerLimit) {
        PodBuilder pod =
                new PodBuilder()
                        .withNewMetadata()
                        .endMetadata()
                        .withNewSpec()
                        .addNewVolume()
                        .withName("cache")
                        .withNewEmptyDir()
                        .withMedium(medium)
                        .withSizeLimit(sizeLimit.isEmpty() ? null : new Quantity(sizeLimit))
                        .endEmptyDir()
                        .endVolume()
                        .addNewContainer()
                        .withName("main")
                        .withNewResources()
                        .withLimits(
                                containerLimit.isEmpty()
                                        ? Map.of()
                                        : Map.of("ephemeral-storage", new Quantity(containerLimit)))
                        .endResources()
                        .endContainer()
                        .endSpec();
        return pod.build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    ''  | ''     | ''  | 9000000 | 9000000 | ''
                    1Mi | ''     | ''  | 1048576 | 0       | ''
                    1Mi | ''     | ''  | 1048577 | 0       | 'Usage of EmptyDir volume "cache" exceeds the limit "1Mi". '
                    1Mi | Memory | ''  | 1048577 | 0       | 'Usage of EmptyDir volume "cache" exceeds the limit "1Mi". '
                    ''  | ''     | 1Mi | 600000  | 600000  | 'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. '
                    ''  | Memory | 1Mi | 600000  | 600000  | ''
                    ''  | Memory | 1Mi | 0       | 1200000 | 'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. '
                    """)
    void evictsAPodThatWroteMoreThanItMay(
            String sizeLimit,
            String medium,
            String containerLimit,
            long emptyDir,
            long container,
            String message) {
        Pod pod = pod(sizeLimit, medium, containerLimit);
        StorageLimits.Usage usage = new StorageLimits.Usage(_ -> emptyDir, _ -> container);

        assertThat(StorageLimits.exceeded(pod, usage).orElse("")).isEqualTo(message);
        assertThat(StorageLimits.concern(pod))
                .isEqualTo(!sizeLimit.isEmpty() || !containerLimit.isEmpty());
    }
}
