package dev.orrery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the controllers in the middle of a rollout, a Job and a scale-up: the work is
 * finished by whoever comes after, and no pod is made that nobody wanted.
 */
class ControllerKillIT {

    private static final long PATIENCE_NANOS = 90_000_000_000L;

    @Test
    void theControllersThatComeBackFinishTheWork() throws Exception {
        try (RunningCluster cluster = RunningCluster.start("--nodes 3");
                Api api = new Api(cluster)) {
            PodWatch pods = PodWatch.open(api);
            begin(cluster.shell());
            kill(pid(cluster, "controller-manager", "ready"));
            cluster.orrery("start controller-manager");
            finish(cluster.shell(), pods);
        }
    }

    /** https://kubernetes.io/docs/concepts/architecture/leases/#leader-election */
    @Test
    void theOtherOfTwoTakesOverFromTheLeader() throws Exception {
        try (RunningCluster cluster = RunningCluster.start("--nodes 3 --standby");
                Api api = new Api(cluster)) {
            PodWatch pods = PodWatch.open(api);
            assertThat(rows(cluster, "ready")).hasSize(1);
            assertThat(rows(cluster, "waiting")).hasSize(1);
            begin(cluster.shell());
            kill(pid(cluster, "controller-manager(?:-2)?", "ready"));
            finish(cluster.shell(), pods);

            assertThat(rows(cluster, "ready")).hasSize(1);
            assertThat(rows(cluster, "stopped")).hasSize(1);
        }
    }

    /** Ends in the middle of all three. */
    private static void begin(Shell shell) throws InterruptedException {
        shell.must("kubectl create deployment grown --image nginx:1.16");
        shell.must("kubectl create deployment rolled --image nginx:1.16 --replicas 20");
        shell.must("kubectl rollout status deployment rolled --timeout 120s");
        shell.must("kubectl rollout status deployment grown --timeout 120s");
        shell.must(
                "kubectl create -f acceptance/src/test/resources/scenarios/manifests/job-many.yaml");
        shell.must("kubectl set image deployment rolled nginx=nginx:1.17");
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (count(shell, "job many", ".status.succeeded") < 3
                || count(shell, "deployment rolled", ".status.updatedReplicas") < 2) {
            assertThat(System.nanoTime()).as("the work has begun").isLessThan(end);
            Thread.sleep(50);
        }
        shell.must("kubectl scale deployment grown --replicas 60");
    }

    private static void finish(Shell shell, PodWatch pods) {
        shell.must("kubectl rollout status deployment grown --timeout 120s");
        shell.must("kubectl rollout status deployment rolled --timeout 120s");
        shell.must("kubectl wait --for condition=Complete job many --timeout 120s");

        assertThat(count(shell, "job many", ".status.succeeded")).isEqualTo(40);
        assertThat(shell.must("kubectl get job many -o jsonpath={.status.failed}")).isEmpty();
        assertThat(
                        shell.must(
                                "kubectl get pods -l app=rolled --no-headers"
                                        + " -o custom-columns=I:.spec.containers[0].image"
                                        + " --field-selector status.phase=Running"
                                        + " | sort | uniq -c"))
                .containsPattern("20 nginx:1.17")
                .doesNotContain("1.16");
        assertThat(pods.created("grown-")).isEqualTo(60);
        assertThat(pods.created("rolled-")).isEqualTo(40);
        assertThat(pods.created("many-")).isEqualTo(40);
    }

    private static int count(Shell shell, String object, String field) {
        String text = shell.must("kubectl get %s -o jsonpath={%s}".formatted(object, field));
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().join();
    }

    private static List<String> rows(RunningCluster cluster, String state) {
        return status(cluster)
                .lines()
                .filter(line -> line.matches("controller-manager(-2)? +" + state + " .*"))
                .toList();
    }

    private static long pid(RunningCluster cluster, String service, String state) {
        Matcher row =
                Pattern.compile("(?m)^" + service + " +" + state + " +\\d+ +(\\d+) ")
                        .matcher(status(cluster));
        assertThat(row.find()).isTrue();
        return Long.parseLong(row.group(1));
    }

    private static String status(RunningCluster cluster) {
        return cluster.shell().run("./orrery status --data " + cluster.data()).text();
    }
}
