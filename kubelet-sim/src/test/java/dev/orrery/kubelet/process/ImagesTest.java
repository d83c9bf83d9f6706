package dev.orrery.kubelet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import dev.orrery.userland.Connection;
import dev.orrery.userland.http.HttpCall;
import dev.orrery.userland.http.HttpRequest;
import dev.orrery.userland.http.HttpResponse;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the programs of well-known images do, as Kubernetes' suites and documentation use them. */
class ImagesTest {

    private static final String AGNHOST = "registry.k8s.io/e2e-test-images/agnhost:2.63.0";
    private static final int RUNS = -1;

    static Stream<Arguments> outputs() {
        return Stream.of(
                arguments(AGNHOST, List.of(), RUNS, "Paused\n"),
                arguments(
                        AGNHOST,
                        List.of("/agnhost", "entrypoint-tester", "override", "arguments"),
                        0,
                        "[/agnhost entrypoint-tester override arguments]\n"),
                arguments(
                        AGNHOST,
                        List.of("/agnhost-2", "entrypoint-tester"),
                        0,
                        "[/agnhost-2 entrypoint-tester]\n"),
                arguments(
                        AGNHOST,
                        List.of("/agnhost", "dns-suffix"),
                        0,
                        "shop.svc.cluster.local,svc.cluster.local,cluster.local\n"),
                arguments(
                        AGNHOST,
                        List.of("/agnhost", "nonsense"),
                        1,
                        """
                        Error: unknown command "nonsense" for "app"
                        Run 'app --help' for usage.
                        """),
                arguments("python", List.of("python3", "-c", "print('hello')"), 0, "hello\n"),
                arguments("node", List.of("node", "-e", "console.log(\"hi\")"), 0, "hi\n"),
                arguments("python", List.of(), 0, ""),
                arguments(
                        "python",
                        List.of("python", "app.py"),
                        2,
                        "python: can't open file '/app.py': [Errno 2] No such file or directory\n"),
                arguments(
                        "perl",
                        List.of("perl", "-wle", "print bpi(20)"),
                        0,
                        "3.1415926535897932385\n"),
                arguments(
                        "registry.k8s.io/e2e-test-images/nonewprivs:1.4",
                        List.of(),
                        0,
                        "Effective uid: 0\n"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outputs")
    void saysWhatItsOriginalSays(String image, List<String> command, int code, String expected) {
        Box box = new Box().run(image, Box.START, container -> container.setCommand(command));
        box.pass(5);
        assertThat(box.log()).isEqualTo(expected);
        assertThat(box.exits.stream().map(Exit::code).toList())
                .isEqualTo(code == RUNS ? List.of() : List.of(code));
    }

    @Test
    void theDigitsOfPiAreThoseOfTheDocumentation() {
        Box box = new Box().run("perl:5.34", "perl", "-Mbignum=bpi", "-wle", "print bpi(2000)");
        box.pass(5);
        assertThat(box.log()).startsWith("3.14159265358979323846264338327950288419716939937510");
        assertThat(box.log().strip()).hasSize(2001).endsWith("04780275901");
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("nginx", List.of(), "/", 80, 200, "Welcome to nginx!"),
                arguments("httpd", List.of(), "/", 80, 200, "It works!"),
                arguments("nginx", List.of(), "/none", 80, 404, "404 Not Found"),
                arguments(AGNHOST, List.of("test-webserver"), "/localhost.crt", 80, 200, "CERT"),
                arguments(
                        AGNHOST,
                        List.of("test-webserver"),
                        "/",
                        80,
                        200,
                        "<a href=\"etc/\">etc/</a>\n"),
                arguments(AGNHOST, List.of("test-webserver"), "/etc", 80, 301, "etc/"),
                arguments(AGNHOST, List.of("test-webserver"), "/none", 80, 404, "not found"),
                arguments(AGNHOST, List.of("serve-hostname"), "/", 9376, 200, "web"),
                arguments(AGNHOST, List.of("netexec"), "/hostname", 8080, 200, "web"),
                arguments(
                        AGNHOST, List.of("netexec"), "/echo?msg=a%20b&code=201", 8080, 201, "a b"),
                arguments(
                        AGNHOST,
                        List.of("netexec", "--http-port=83"),
                        "/shell?cmd=echo%20one%3B%20exit%203",
                        83,
                        200,
                        "{\"output\":\"one\\n\",\"error\":\"exit status 3\"}"),
                arguments(
                        AGNHOST,
                        List.of("netexec"),
                        "/dial?host=10.244.0.7&port=8080&request=echo?msg=x&tries=2",
                        8080,
                        200,
                        "{\"responses\":[\"x\",\"x\"]}"),
                arguments(AGNHOST, List.of("liveness"), "/healthz", 8080, 200, "ok"),
                arguments(AGNHOST, List.of("porter"), "/", 9001, 200, "foo"),
                arguments(AGNHOST, List.of("nettest"), "/read", 8080, 200, "\"Received\" : null"),
                arguments(
                        "registry.k8s.io/e2e-test-images/kitten:1.8",
                        List.of(),
                        "/data.json",
                        80,
                        200,
                        "kitten.jpg"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("answers")
    void answersOverHttp(
            String image, List<String> args, String target, int port, int status, String part) {
        Box box =
                new Box()
                        .run(
                                image,
                                Box.START,
                                container -> {
                                    container.setArgs(args);
                                    container.setEnv(
                                            List.of(new EnvVar("SERVE_PORT_9001", "foo", null)));
                                });
        HttpResponse response = get(box, port, target);
        assertThat(response.status()).isEqualTo(status);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains(part);
    }

    private static HttpResponse get(Box box, int port, String target) {
        Connection connection = box.inside().machine().network().connect("10.244.0.7", port);
        HttpCall call = new HttpCall(connection, HttpRequest.get(target, "web"));
        HttpResponse response = call.poll(() -> {});
        for (int i = 0; i < 5 && response == null; i++) {
            box.settle();
            response = call.poll(() -> {});
        }
        return Objects.requireNonNull(response);
    }

    @Test
    void refusesWhatIsNoRequestAtOnce() {
        Box box = new Box().run(AGNHOST, "/agnhost", "serve-hostname");
        assertThat(box.exec("sh", "-c", "echo hostName | nc -v -t -w 2 127.0.0.1 9376"))
                .contains("HTTP/1.1 400 Bad Request")
                .endsWith("400 Bad Request[0]");
    }

    @Test
    void becomesIllAfterTenSeconds() {
        Box box = new Box().run(AGNHOST, "/agnhost", "liveness");
        Check check =
                new Check.Http("kube-probe", "HTTP", "10.244.0.7", 8080, "/healthz", List.of());
        assertThat(box.ask(check)).isEqualTo(Answer.Good.GOOD);
        box.pass(10);
        assertThat(box.ask(check))
                .isEqualTo(new Answer.Bad("HTTP probe failed with statuscode: 500"));
    }

    /** https://kubernetes.io/docs/concepts/workloads/pods/probes/ */
    @Test
    void aProbeIsSentOnWithinItsHostOnly() {
        Box box = new Box().run(AGNHOST, "/agnhost", "liveness");
        Function<String, Check> redirect =
                to ->
                        new Check.Http(
                                "kube-probe",
                                "HTTP",
                                "10.244.0.7",
                                8080,
                                "/redirect?loc=" + to,
                                List.of());
        assertThat(box.ask(redirect.apply("%2Fhealthz"))).isEqualTo(Answer.Good.GOOD);
        assertThat(box.ask(redirect.apply("http%3A%2F%2F0.0.0.0%2F")))
                .isEqualTo(
                        new Answer.Warning(
                                "Probe terminated redirects, Response body: <a"
                                        + " href=\"http://0.0.0.0/\">Found</a>.\n\n"));
        assertThat(box.ask(redirect.apply("%2Fredirect%3Floc%3D%252Fnone")))
                .isEqualTo(new Answer.Bad("HTTP probe failed with statuscode: 404"));
        box.pass(10);
        assertThat(box.ask(redirect.apply("%2Fhealthz")))
                .isEqualTo(new Answer.Bad("HTTP probe failed with statuscode: 500"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null, 0", "true, 0", "false, 1000"})
    void becomesRootWhereNothingForbidsIt(@Nullable Boolean allowed, int uid) {
        Box box =
                new Box()
                        .run(
                                "registry.k8s.io/e2e-test-images/nonewprivs:1.4",
                                Box.START,
                                container ->
                                        container.setSecurityContext(
                                                new SecurityContextBuilder()
                                                        .withRunAsUser(1000L)
                                                        .withAllowPrivilegeEscalation(allowed)
                                                        .build()));
        assertThat(box.log()).isEqualTo("Effective uid: " + uid + "\n");
    }

    @Test
    void speaksOfItsHealthOverGrpc() {
        Box box = new Box().run(AGNHOST, "/agnhost", "grpc-health-checking");
        Check check = new Check.Grpc("10.244.0.7", 5000, "");
        assertThat(box.ask(check)).isEqualTo(Answer.Good.GOOD);
        get(box, 8080, "/make-not-serving");
        assertThat(box.ask(check))
                .isEqualTo(new Answer.Bad("service unhealthy (responded with \"NOT_SERVING\")"));
    }

    @Test
    void endsWithTheCodeThatItsCallerNames() {
        Box box = new Box().run(AGNHOST, "/agnhost", "netexec");
        Connection connection = box.inside().machine().network().connect("10.244.0.7", 8080);
        new HttpCall(connection, HttpRequest.get("/exit?code=3&wait=2s", "web")).poll(() -> {});
        box.pass(1);
        assertThat(box.exits).isEmpty();
        box.pass(1);
        assertThat(box.exits).containsExactly(Exit.of(3));
    }

    @Test
    void writesSoManyLinesInSoLongATime() {
        Box box =
                new Box()
                        .run(
                                AGNHOST,
                                "/agnhost",
                                "logs-generator",
                                "--log-lines-total",
                                "100",
                                "--run-duration",
                                "20s");
        box.pass(10);
        assertThat(box.log().lines()).hasSizeBetween(50, 52);
        box.pass(10);
        assertThat(box.log().lines()).hasSize(100);
        assertThat(box.exits).containsExactly(Exit.of(0));
    }

    @Test
    void whoTakesMoreMemoryThanItsLimitIsKilled() {
        Box box =
                new Box()
                        .run(
                                "polinux/stress",
                                Box.START,
                                container -> {
                                    container.setCommand(List.of("stress"));
                                    container.setArgs(
                                            List.of(
                                                    "--vm",
                                                    "1",
                                                    "--vm-bytes",
                                                    "250M",
                                                    "--vm-hang",
                                                    "1"));
                                    container.setResources(
                                            new ResourceRequirementsBuilder()
                                                    .withLimits(
                                                            Map.of("memory", new Quantity("100Mi")))
                                                    .build());
                                });
        assertThat(box.exits).containsExactly(new Exit(137, "OOMKilled", ""));
    }
}
