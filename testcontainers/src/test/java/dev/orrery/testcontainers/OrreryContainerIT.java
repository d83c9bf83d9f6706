package dev.orrery.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.testcontainers.DockerClientFactory;

/** Runs where there is a Docker engine that has the image {@code orrery/cluster}. */
@EnabledIfSystemProperty(named = "faults", matches = ".+")
class OrreryContainerIT {

    @BeforeAll
    static void needsAnEngineWithTheImage() {
        boolean available = hasImage();
        if (!available) {
            System.out.println(
                    "NOT RUN: the tests of OrreryContainer, for want of a Docker engine with the"
                            + " image orrery/cluster");
        }
        assumeTrue(available);
    }

    private static boolean hasImage() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return false;
        }
        try (var inspect =
                DockerClientFactory.lazyClient()
                        .inspectImageCmd(OrreryContainer.DEFAULT_IMAGE.toString())) {
            return inspect.exec().getId() != null;
        } catch (NotFoundException e) {
            return false;
        }
    }

    @Test
    void isAClusterWithNodesAndTheResourcesThatItWasGiven() {
        try (OrreryContainer orrery =
                new OrreryContainer().withNodes(2).withKubernetesResources("sleep-operator.yaml")) {
            orrery.start();
            assertThat(orrery.kubeconfig()).contains("https://" + orrery.getHost() + ":");
            try (KubernetesClient client = orrery.client()) {
                assertThat(client.nodes().list().getItems()).hasSize(2);
                client.apps()
                        .deployments()
                        .inNamespace("sleepers")
                        .withName("web")
                        .waitUntilReady(1, TimeUnit.MINUTES);
            }
        }
    }
}
