package dev.orrery.kubelet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Law: "Define a Command and Arguments for a Container" of Kubernetes' documentation. */
class MachineRuntimeTest {

    private static final int RUNS = -1;

    static Stream<Arguments> commands() {
        return Stream.of(
                arguments("a server", "nginx", List.of(), List.of(), 3600, RUNS, null),
                arguments("no profile", "acme/shop:v3", List.of(), List.of(), 3600, RUNS, ""),
                arguments(
                        "a command that nobody knows",
                        "acme/shop:v3",
                        List.of("/shop", "--port=80"),
                        List.of(),
                        3600,
                        RUNS,
                        ""),
                arguments("a shell without input", "busybox", List.of(), List.of(), 0, 0, ""),
                arguments("args", "busybox", List.of(), List.of("sleep", "30"), 30, 0, ""),
                arguments("own entrypoint", "amsy810/tools", List.of(), List.of("60"), 60, 0, ""),
                arguments("command", "nginx", List.of("/bin/false"), List.of(), 0, 1, ""),
                arguments(
                        "script",
                        "busybox",
                        script("echo hi; sleep 5; echo no >&2; exit 3"),
                        List.of(),
                        5,
                        3,
                        "hi\nno\n"),
                arguments(
                        "loop",
                        "busybox",
                        script("for i in 1 2 3; do echo $i; sleep 1; done"),
                        List.of(),
                        3,
                        0,
                        "1\n2\n3\n"),
                arguments(
                        "a variable",
                        "busybox",
                        List.of("echo", "$(TIME)", "$$(TIME)", "$(NONE)"),
                        List.of(),
                        0,
                        0,
                        "42 $(TIME) $(NONE)\n"),
                arguments(
                        "the environment",
                        "busybox",
                        script("echo $GREETING from $HOSTNAME in $HOME"),
                        List.of(),
                        0,
                        0,
                        "hello from web in /root\n"),
                arguments(
                        "a handler",
                        "busybox",
                        script("trap 'echo bye; exit 7' TERM; sleep 2; kill 1; sleep 9"),
                        List.of(),
                        2,
                        7,
                        "bye\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void runsTheContainersOwnCommand(
            String name,
            String image,
            List<String> command,
            List<String> args,
            int seconds,
            int code,
            @Nullable String log) {
        Box box =
                new Box()
                        .run(
                                image,
                                Box.START,
                                container -> {
                                    container.setCommand(command);
                                    container.setArgs(args);
                                });
        if (seconds > 0) {
            box.pass(seconds - 1);
            assertThat(box.exits).isEmpty();
            box.pass(1);
        }
        assertThat(box.exits.stream().map(Exit::code).toList())
                .isEqualTo(code == RUNS ? List.of() : List.of(code));
        if (log != null) {
            assertThat(box.log()).isEqualTo(log);
        }
    }

    @Test
    void saysAsTheRuntimeDoesWhatCannotBeStarted() {
        assertThat(new Box().run("busybox", "foo").exits)
                .containsExactly(
                        Exit.neverRun(
                                "failed to create containerd task: failed to create shim task: OCI"
                                        + " runtime create failed: runc create failed: unable to"
                                        + " start container process: error during container init:"
                                        + " exec: \"foo\": executable file not found in $PATH:"
                                        + " unknown"));
        assertThat(new Box().run("busybox", "/bin/foo").exits.getFirst().message())
                .endsWith("exec: \"/bin/foo\": stat /bin/foo: no such file or directory: unknown");
        assertThat(new Box().run("registry.k8s.io/pause:3.10", "sh").exits).hasSize(1);
    }

    @Test
    void processOneHearsOnlyTheSignalsThatItHandles() {
        Box box = new Box().run("busybox", "sleep", "60");
        box.process().signal(Signal.TERM);
        box.exec("kill", "1");
        box.pass(10);
        assertThat(box.exits).isEmpty();
        box.process().signal(Signal.KILL);
        box.pass(0);
        assertThat(box.exits).containsExactly(Exit.of(137));
    }

    @Test
    void aServerEndsWhenItIsTold() {
        Box box = new Box().run("nginx");
        box.exec("kill", "1");
        assertThat(box.exits).containsExactly(Exit.of(0));
        Box java = new Box().run("openjdk", "sh", "-c", "touch app.jar; exec java -jar app.jar");
        java.process().signal(Signal.TERM);
        java.settle();
        assertThat(java.exits).containsExactly(Exit.of(143));
    }

    @Test
    void aSleepThatBeganEarlierEndsWhenItWouldHaveEnded() {
        Box box =
                new Box()
                        .run(
                                "busybox",
                                Box.START.minusSeconds(40),
                                container -> container.setCommand(List.of("sleep", "60")));
        box.pass(19);
        assertThat(box.exits).isEmpty();
        box.pass(1);
        assertThat(box.exits).containsExactly(Exit.of(0));
    }

    @Test
    void whatRunsInAContainerSharesItsFilesAndEndsWithIt() {
        Box box = new Box().run("busybox", "sh", "-c", "echo one > /tmp/x; sleep 5");
        assertThat(box.exec("cat", "/tmp/x")).isEqualTo("one\n[0]");
        assertThat(box.exec("ps")).contains("1 root      0:00 sh -c echo one > /tmp/x; sleep 5");
        Box.Told told = new Box.Told();
        box.inside().run(List.of("sleep", "100"), false, false, told);
        box.pass(5);
        assertThat(told.text).hasToString("[137]");
        assertThat(box.running.find("c1")).isNull();
    }

    @Test
    void eachRunHasFilesOfItsOwn() {
        Box box = new Box().run("busybox", "sh", "-c", "ls /tmp; touch /tmp/x");
        box.run("busybox", "sh", "-c", "ls /tmp; touch /tmp/x");
        assertThat(box.log("c1") + box.log("c2")).isEmpty();
    }

    @Test
    void leavesItsLastWords() {
        Box box =
                new Box().run("busybox", "sh", "-c", "echo gone > /dev/termination-log; echo log");
        assertThat(box.exits).containsExactly(new Exit(0, "", "gone\n"));
        Box silent =
                new Box()
                        .run(
                                "busybox",
                                Box.START,
                                container -> {
                                    container.setCommand(script("echo log; exit 1"));
                                    container.setTerminationMessagePolicy("FallbackToLogsOnError");
                                });
        assertThat(silent.exits).containsExactly(new Exit(1, "", "log\n"));
    }

    @Test
    void runsAsWhoeverThePodSays() {
        Box box =
                new Box(pod ->
                        pod.getSpec()
                                .setSecurityContext(
                                        new PodSecurityContextBuilder()
                                                .withRunAsUser(1000L)
                                                .withRunAsGroup(3000L)
                                                .withFsGroup(2000L)
                                                .build()))
                        .run(
                                "busybox",
                                Box.START,
                                container -> {
                                    container.setCommand(script("id; touch /etc/x /tmp/y"));
                                    container.setSecurityContext(
                                            new SecurityContextBuilder()
                                                    .withReadOnlyRootFilesystem(true)
                                                    .build());
                                });
        assertThat(box.log())
                .isEqualTo(
                        """
                        uid=1000 gid=3000 groups=2000,3000
                        touch: /etc/x: Read-only file system
                        touch: /tmp/y: Read-only file system
                        """);
    }

    @Test
    void processesSeeTheirControlGroupAndHowSoonTheyAreKilled() {
        Box box =
                new Box()
                        .run(
                                "busybox",
                                Box.START,
                                container -> {
                                    container.setCommand(
                                            script(
                                                    "mount -t cgroup2; cat /sys/fs/cgroup/cpu.max"
                                                            + " /proc/1/oom_score_adj"));
                                    container.setResources(
                                            new ResourceRequirementsBuilder()
                                                    .addToRequests("memory", new Quantity("4Gi"))
                                                    .addToLimits("cpu", new Quantity("250m"))
                                                    .build());
                                });
        assertThat(box.log())
                .isEqualTo(
                        """
                        cgroup on /sys/fs/cgroup type cgroup2 (ro,relatime)
                        25000 100000
                        1000
                        """);
    }

    /** As busybox's shell does: nobody can refer to them, but children may want them. */
    @Test
    void theShellHandsOnVariablesWhoseNamesItCannotWrite() {
        Box box =
                new Box()
                        .run(
                                "busybox",
                                Box.START,
                                container -> {
                                    container.setCommand(script("env | grep data"));
                                    container.setEnv(
                                            List.of(
                                                    new EnvVar("p-data.1", "one", null),
                                                    new EnvVar("1-data", "two", null)));
                                });
        assertThat(box.log().lines()).containsExactlyInAnyOrder("p-data.1=one", "1-data=two");
    }

    @Test
    void saysWhenADiskIsFull() {
        Box box = new Box().run("busybox", "sleep", "9");
        assertThat(box.exec("sh", "-c", "head -c 5 /dev/zero > /dev/full; echo $?"))
                .isEqualTo("head: write error: No space left on device\n1\n[0]");
    }

    @Test
    void attachedListenersHearTheProcessAndTypeForIt() {
        Box box =
                new Box()
                        .run(
                                "busybox",
                                Box.START,
                                container -> {
                                    container.setCommand(script("read x; echo got $x; sleep 9"));
                                    container.setStdin(true);
                                });
        Box.Told told = new Box.Told();
        Session session = box.inside().attach(true, told);
        session.write("one\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), () -> {});
        box.settle();
        assertThat(told.text).hasToString("got one\n");
        assertThat(box.log()).isEqualTo("got one\n");
        box.pass(9);
        assertThat(told.text).hasToString("got one\n[0]");
    }

    static Stream<Arguments> checks() {
        return Stream.of(
                arguments("exec", new Check.Exec(List.of("true")), Answer.Good.GOOD),
                arguments(
                        "exec that fails",
                        new Check.Exec(List.of("cat", "/tmp/healthy")),
                        new Answer.Bad("cat: /tmp/healthy: No such file or directory\n")),
                arguments(
                        "exec that takes long",
                        new Check.Exec(List.of("sleep", "5")),
                        new Answer.Bad("command timed out: \"sleep 5\" timed out after 1s")),
                arguments("http", http(80, "/"), Answer.Good.GOOD),
                arguments(
                        "no such page",
                        http(80, "/healthz"),
                        new Answer.Bad("HTTP probe failed with statuscode: 404")),
                arguments(
                        "nobody there",
                        http(8080, "/healthz"),
                        new Answer.Bad(
                                "Get \"http://10.244.0.7:8080/healthz\": dial tcp 10.244.0.7:8080:"
                                        + " connect: connection refused")),
                arguments("tcp", new Check.Tcp("10.244.0.7", 80), Answer.Good.GOOD),
                arguments(
                        "closed port",
                        new Check.Tcp("10.244.0.7", 81),
                        new Answer.Bad("dial tcp 10.244.0.7:81: connect: connection refused")),
                arguments(
                        "grpc",
                        new Check.Grpc("10.244.0.7", 2379, ""),
                        new Answer.Bad(
                                "timeout: failed to connect service \"10.244.0.7:2379\" within 1s:"
                                        + " context deadline exceeded")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("checks")
    void answersChecks(String name, Check check, Answer expected) {
        assertThat(new Box().run("nginx").ask(check)).isEqualTo(expected);
    }

    @Test
    void anImageThatNobodyDescribedListensWhereItsPodSaysSo() {
        Box box =
                new Box()
                        .run(
                                "acme/shop:v3",
                                Box.START,
                                container ->
                                        container.setPorts(
                                                List.of(
                                                        new ContainerPortBuilder()
                                                                .withContainerPort(8080)
                                                                .build())));
        assertThat(box.ask(http(8080, "/healthz"))).isEqualTo(Answer.Good.GOOD);
        assertThat(box.ask(http(8081, "/healthz"))).isInstanceOf(Answer.Bad.class);
    }

    @Test
    void twoServersOfAPodClash() {
        Box box = new Box().run("nginx");
        box.run("nginx");
        assertThat(box.exits).containsExactly(Exit.of(1));
        assertThat(box.log())
                .endsWith(
                        "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in"
                                + " use)\n");
    }

    @Test
    void aServerThatNobodyCallsHasNoFiles() {
        assertThat(new Box().run("nginx").inside().machine().hasFiles()).isFalse();
        assertThat(new Box().run("busybox", "sleep", "9").inside().machine().hasFiles()).isFalse();
    }

    @Test
    void findsItsNamesAddressesAndLimitsInFiles() {
        Box box =
                new Box(
                                pod -> {
                                    pod.getSpec().setHostname("db-0");
                                    pod.getSpec().setSubdomain("db");
                                    pod.getSpec()
                                            .setHostAliases(
                                                    List.of(
                                                            new HostAlias(
                                                                    List.of("foo", "bar"),
                                                                    "123.45.67.89")));
                                    pod.getSpec()
                                            .setSecurityContext(
                                                    new PodSecurityContextBuilder()
                                                            .addNewSysctl(
                                                                    "kernel.shm_rmid_forced", "1")
                                                            .build());
                                })
                        .run(
                                "busybox",
                                Box.START,
                                container -> {
                                    container.setCommand(List.of("sleep", "60"));
                                    container.setResources(
                                            new ResourceRequirementsBuilder()
                                                    .addToLimits("cpu", new Quantity("500m"))
                                                    .addToLimits("memory", new Quantity("64Mi"))
                                                    .addToRequests("cpu", new Quantity("100m"))
                                                    .build());
                                });
        assertThat(box.exec("cat", "/etc/hosts", "/etc/hostname"))
                .isEqualTo(
                        """
                        # Kubernetes-managed hosts file.
                        127.0.0.1\tlocalhost
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        fe00::0\tip6-localnet
                        fe00::0\tip6-mcastprefix
                        fe00::1\tip6-allnodes
                        fe00::2\tip6-allrouters
                        10.244.0.7\tdb-0.db.shop.svc.cluster.local\tdb-0

                        # Entries added by HostAliases.
                        123.45.67.89\tfoo\tbar
                        db-0
                        [0]\
                        """);
        assertThat(box.exec("cat", "/etc/resolv.conf"))
                .isEqualTo(
                        """
                        search shop.svc.cluster.local svc.cluster.local cluster.local
                        nameserver 10.96.0.10
                        options ndots:5
                        [0]\
                        """);
        assertThat(
                        box.exec(
                                "sh",
                                "-c",
                                "cd /sys/fs/cgroup; cat cpu.max cpu.weight memory.max; sysctl"
                                        + " kernel.shm_rmid_forced"))
                .isEqualTo("50000 100000\n4\n67108864\nkernel.shm_rmid_forced = 1\n[0]");
    }

    private static Check http(int port, String path) {
        return new Check.Http("kube-probe/1.36", "HTTP", "10.244.0.7", port, path, List.of());
    }

    private static List<String> script(String text) {
        return List.of("sh", "-c", text);
    }
}
