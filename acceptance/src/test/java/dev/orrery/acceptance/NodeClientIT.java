package dev.orrery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JavaScript client, which reads discovery and watches in its own way. */
@ExtendWith(SharedCluster.class)
class NodeClientIT {

    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path FOLDER = Path.of("target/js");

    @Test
    void listsWatchesAndPatches(RunningCluster cluster) throws IOException {
        Shell shell =
                new Shell(
                        install().toAbsolutePath(),
                        Map.of("KUBECONFIG", cluster.kubeconfig().toString()));

        assertThat(shell.run("node --version").exit())
                .as("this test drives the cluster with the JavaScript client: install Node.js 20")
                .isZero();
        shell.must("npm install --no-audit --no-fund --no-package-lock");

        assertThat(shell.must("node client.mjs"))
                .isEqualTo(
                        """
                        created web
                        ADDED web 1
                        patched web to 2
                        MODIFIED web 2
                        listed web
                        refused 404 NotFound
                        DELETED web 2
                        """);
    }

    private static Path install() throws IOException {
        Files.createDirectories(FOLDER);
        for (String file : new String[] {"package.json", "client.mjs"}) {
            Files.copy(
                    SOURCE.resolve(file),
                    FOLDER.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return FOLDER;
    }
}
