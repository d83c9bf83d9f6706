package dev.orrery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compose files with a real engine. Needs Docker with Compose, and the images: {@code docker
 * compose build}, or where nothing can be pulled, the way of docker/test-base.sh.
 */
class ComposeIT {

    private static final Path HOME = Path.of(System.getProperty("orrery.home", ".."));
    private static final String PROJECT = "orrery-it-" + ProcessHandle.current().pid();

    @TempDir private Path folder;
    private Shell shell = new Shell(HOME, Map.of());
    private String compose = "";

    @BeforeEach
    void needsAnEngineWithTheImages() throws IOException {
        boolean hasImages =
                shell.run("docker image inspect orrery/api-server orrery/kubelet-sim orrery/tools")
                                .exit()
                        == 0;
        String command =
                shell.run("docker compose version").exit() == 0
                        ? "docker compose"
                        : "docker-compose";
        boolean hasCompose = shell.run(command + " version").exit() == 0;
        if (!hasImages || !hasCompose) {
            System.out.println(
                    "NOT RUN: the tests of docker-compose.yml, for want of a Docker engine with"
                            + " Compose and Orrery's images");
        }
        assumeTrue(hasImages && hasCompose);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        compose = command + " -p " + PROJECT + " ";
        shell =
                new Shell(
                        HOME.toRealPath(),
                        Map.of(
                                "ORRERY_PORT", Integer.toString(port),
                                "KUBECONFIG", folder.resolve("kubeconfig").toString()));
    }

    @AfterEach
    void forget() {
        if (!compose.isEmpty()) {
            shell.run(compose + "down --volumes");
            shell.run(compose + "-f docker-compose.ha.yml down --volumes");
        }
    }

    @Test
    void oneCommandStartsAClusterThatKubectlReachesAndMorePoolsOfNodesJoin() throws IOException {
        shell.must(compose + "up -d --no-build");
        kubeconfig("api-server");
        awaitNodes(3);
        rollOut("web");

        shell.must(compose + "up -d --no-build --scale kubelet-sim=3");
        awaitNodes(9);
        assertThat(
                        shell.must("kubectl get nodes" + " -o jsonpath='{.items[*].spec.podCIDR}'")
                                .split(" "))
                .doesNotHaveDuplicates()
                .hasSize(9);
        shell.must("kubectl scale deployment web --replicas 18");
        shell.must("kubectl rollout status deployment web --timeout 2m");
        // Every node's process is found, whichever it lives in.
        String pods = shell.must("kubectl get pods -o name");
        for (String pod : pods.strip().split("\n")) {
            shell.must("kubectl logs " + pod);
        }
    }

    @Test
    void withReplicasItGoesOnWithoutAnyOneOfThem() throws IOException {
        String ha = compose + "-f docker-compose.ha.yml ";
        shell.must(ha + "up -d --no-build");
        compose = ha;
        kubeconfig("api-server-1");
        awaitNodes(6);
        rollOut("web");
        List<String> victims =
                List.of("kafka-1 api-server-1", "scheduler-1", "controller-manager-1");
        for (String killed : victims) {
            shell.must(ha + "kill " + killed);
            rollOut(killed.split(" ")[0]);
            shell.must(ha + "up -d --no-build");
        }
    }

    private void rollOut(String name) {
        shell.must("kubectl create deployment " + name + " --image nginx --replicas 3");
        shell.must("kubectl rollout status deployment " + name + " --timeout 2m");
    }

    private void kubeconfig(String service) throws IOException {
        String text =
                shell.must(compose + "exec -T " + service + " cat /var/lib/orrery/pki/kubeconfig");
        Files.writeString(folder.resolve("kubeconfig"), text);
    }

    private void awaitNodes(int count) {
        shell.must(
                "i=0; until [ \"$(kubectl get nodes --no-headers | grep -c ' Ready')\" = "
                        + count
                        + " ]; do i=$((i+1)); [ $i -lt 120 ] || exit 1; sleep 1; done");
    }
}
