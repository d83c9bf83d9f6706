package dev.orrery.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.acceptance.RunningCluster;
import dev.orrery.acceptance.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The files of a folder as tests, each in a namespace of its own; with {@code -Dscenario=exec,logs}
 * only the files of those names.
 */
final class Scenarios {

    /** Where their commands run, so that they find their manifests. */
    private static final Path FOLDER = Path.of("src/test/resources/scenarios");

    private static final String ENDING = ".txt";
    private static final Set<String> CHOSEN = Set.of(System.getProperty("scenario", "").split(","));
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long POLL_MILLIS = 100;

    private Scenarios() {}

    /**
     * @param folder below the folder of all
     */
    static List<DynamicTest> in(String folder, RunningCluster cluster) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(Scenarios::isChosen)
                    .sorted()
                    .map(file -> test(file, cluster))
                    .toList();
        }
    }

    private static boolean isChosen(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING)
                && (CHOSEN.contains("")
                        || CHOSEN.contains(name.substring(0, name.length() - ENDING.length())));
    }

    private static DynamicTest test(Path file, RunningCluster cluster) {
        return DynamicTest.dynamicTest(
                file.getFileName().toString(),
                file.toUri(),
                () -> play(Scenario.read(file), cluster));
    }

    private static void play(Scenario scenario, RunningCluster cluster) throws Exception {
        Shell shell = inNamespace(scenario.name(), cluster);
        for (Step step : scenario.steps()) {
            play(scenario, step, shell);
        }
        cluster.shell().must("kubectl delete namespace " + scenario.name() + " --wait=false");
    }

    private static void play(Scenario scenario, Step step, Shell shell) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Shell.Output output = shell.run(step.command());
        while (step.eventually() && !isAsExpected(step, output) && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            output = shell.run(step.command());
        }
        if (!isAsExpected(step, output)) {
            // A plain comparison of texts, which test reports show as a diff.
            assertThat(output.text() + "exit " + output.exit())
                    .as("%s.txt:%d `%s`", scenario.name(), step.line(), step.command())
                    .isEqualTo(step.expected() + "\nexit " + step.exit());
        }
    }

    private static boolean isAsExpected(Step step, Shell.Output output) {
        return output.exit() == step.exit() && step.expected().matches(output.text());
    }

    /** A shell in the folder of manifests whose kubectl works in a new namespace. */
    private static Shell inNamespace(String name, RunningCluster cluster) throws IOException {
        cluster.shell().must("kubectl create namespace " + name);
        Path kubeconfig = cluster.data().resolve("kubeconfig-" + name);
        Files.copy(cluster.kubeconfig(), kubeconfig);
        Shell shell =
                new Shell(FOLDER.toAbsolutePath(), Map.of("KUBECONFIG", kubeconfig.toString()));
        shell.must("kubectl config set-context --current --namespace " + name);
        return shell;
    }
}
