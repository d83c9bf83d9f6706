package dev.orrery.kubelet.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law: "Define Dependent Environment Variables", "Downward API" and "Service" (environment
 * variables) of Kubernetes' documentation.
 */
class EnvironmentTest {

    private static final Map<String, String> KNOWN =
            Map.of("VAR_A", "A", "VAR_B", "B", "VAR_EMPTY", "");

    @ParameterizedTest
    @CsvSource({
        "$(VAR_A), A",
        "___$(VAR_B)___, ___B___",
        "$(VAR_A)-$(VAR_B), A-B",
        "$(VAR_DNE), $(VAR_DNE)",
        "$$(VAR_A), $(VAR_A)",
        "$$$(VAR_A), $A",
        "$VAR_A, $VAR_A",
        "$(VAR_A, $(VAR_A",
        "x$(VAR_EMPTY)y, xy",
        "a$, a$",
    })
    void replacesReferences(String text, String expanded) {
        assertThat(Expansion.expand(text, KNOWN)).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource({
        "metadata.name, web",
        "metadata.namespace, default",
        "metadata.uid, u-1",
        "metadata.labels['app'], shop",
        "metadata.labels['none'], ''",
        "metadata.annotations['note'], 'say \"hi\"'",
        "metadata.annotations, 'note=\"say \\\"hi\\\"\"'",
        "spec.nodeName, node-1",
        "spec.serviceAccountName, builder",
        "status.hostIP, 172.18.0.2",
        "status.podIPs, 10.244.0.9",
    })
    void knowsFieldsOfThePod(String path, String value) {
        assertThat(new PodFields(pod(), "node-1", "172.18.0.2", "10.244.0.9").value(path))
                .contains(value);
    }

    @ParameterizedTest
    @CsvSource({
        "requests.cpu, 1, 1",
        "requests.cpu, 1m, 250",
        "limits.cpu, 1, 8",
        "limits.memory, 1Mi, 64",
        "limits.memory, 0, 67108864",
        "requests.memory, 1, 0",
    })
    void knowsResourcesOfTheContainer(String resource, String divisor, String value) {
        ContainerBuilder container =
                new ContainerBuilder()
                        .withNewResources()
                        .addToRequests("cpu", Quantity.parse("250m"))
                        .addToLimits("memory", Quantity.parse("64Mi"))
                        .endResources();
        ResourceFields fields = new ResourceFields(Map.of("cpu", new Quantity("8")));
        assertThat(fields.value(container.build(), resource, Quantity.parse(divisor)))
                .isEqualTo(value);
    }

    /** The example of the page "Service": a Service redis-primary at 10.0.0.11. */
    @Test
    void findsServices() {
        assertThat(
                        ServiceLinks.of(
                                List.of(
                                        new ServiceBuilder()
                                                .withNewMetadata()
                                                .withName("redis-primary")
                                                .endMetadata()
                                                .withNewSpec()
                                                .withClusterIP("10.0.0.11")
                                                .addNewPort()
                                                .withPort(6379)
                                                .withProtocol("TCP")
                                                .endPort()
                                                .endSpec()
                                                .build())))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "REDIS_PRIMARY_SERVICE_HOST", "10.0.0.11",
                                "REDIS_PRIMARY_SERVICE_PORT", "6379",
                                "REDIS_PRIMARY_PORT", "tcp://10.0.0.11:6379",
                                "REDIS_PRIMARY_PORT_6379_TCP", "tcp://10.0.0.11:6379",
                                "REDIS_PRIMARY_PORT_6379_TCP_PROTO", "tcp",
                                "REDIS_PRIMARY_PORT_6379_TCP_PORT", "6379",
                                "REDIS_PRIMARY_PORT_6379_TCP_ADDR", "10.0.0.11"));
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .withUid("u-1")
                .addToLabels("app", "shop")
                .addToAnnotations("note", "say \"hi\"")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("builder")
                .endSpec()
                .build();
    }
}
