package dev.orrery.testcontainers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A whole control plane with simulated nodes in one container. What {@link #start} returns from is
 * a cluster whose nodes are ready and that has the resources it was given.
 *
 * <p>With {@code withReuse(true)}, and reuse allowed in Testcontainers' settings, a later run finds
 * the container again, with what earlier ones left in it.
 */
public final class OrreryContainer extends GenericContainer<OrreryContainer> {

    /** Built by {@code docker build --target cluster --tag orrery/cluster .} in the project. */
    public static final DockerImageName DEFAULT_IMAGE = DockerImageName.parse("orrery/cluster");

    private static final int PORT = 6443;
    private static final String KUBECONFIG = "/var/lib/orrery/kubeconfig";

    /** A cold start on a busy machine; a warm one takes a few seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<MountableFile> resources = new ArrayList<>();

    public OrreryContainer() {
        this(DEFAULT_IMAGE);
    }

    public OrreryContainer(DockerImageName image) {
        super(image);
        image.assertCompatibleWith(DEFAULT_IMAGE);
        withExposedPorts(PORT);
        withNodes(3);
        waitingFor(Wait.forLogMessage(".*nodes Ready.*", 1).withStartupTimeout(PATIENCE));
    }

    /** How many nodes; 3 by default. */
    public OrreryContainer withNodes(int nodes) {
        return withCommand("up", "--data", "/var/lib/orrery", "--nodes", Integer.toString(nodes));
    }

    /**
     * Resources that are there when the start is over, from YAML or JSON files: custom resource
     * definitions, namespaces, whatever the test stands on. Applied in the order given.
     */
    public OrreryContainer withKubernetesResources(MountableFile... files) {
        resources.addAll(List.of(files));
        return this;
    }

    /** As {@link #withKubernetesResources(MountableFile...)}, from the class path. */
    public OrreryContainer withKubernetesResources(String... classpathResources) {
        for (String resource : classpathResources) {
            resources.add(MountableFile.forClasspathResource(resource));
        }
        return this;
    }

    @Override
    protected void containerIsStarted(InspectContainerResponse info, boolean reused) {
        if (resources.isEmpty()) {
            return;
        }
        try (KubernetesClient client = client()) {
            for (MountableFile file : resources) {
                client.load(Files.newInputStream(Path.of(file.getResolvedPath())))
                        .serverSideApply();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a resource cannot be read", e);
        }
    }

    /** A kubeconfig for this host, with the rights of the cluster's administrator. */
    public String kubeconfig() {
        String inside =
                copyFileFromContainer(
                        KUBECONFIG,
                        content -> new String(content.readAllBytes(), StandardCharsets.UTF_8));
        String server = "https://%s:%d".formatted(getHost(), getMappedPort(PORT));
        return inside.replaceAll("server: .*", "server: " + server);
    }

    /** A client of the cluster's administrator; the caller closes it. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig()))
                .build();
    }
}
