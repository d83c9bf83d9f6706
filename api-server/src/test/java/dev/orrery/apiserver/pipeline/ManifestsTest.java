package dev.orrery.apiserver.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.ApiServerConfig;
import dev.orrery.apiserver.admission.BuiltInAdmission;
import dev.orrery.apiserver.body.SchemaBodies;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Verb;
import dev.orrery.machinery.time.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/: the usual small manifest of
 * every kind is taken, and what was read can be written back without a change.
 */
class ManifestsTest {

    private static final Pattern KIND =
            Pattern.compile(
                    "apiVersion: (?:(\\S+)/)?(\\S+)\nkind: (\\S+)\nmetadata: \\{name: ([^,}]+)");

    private final Queue<Runnable> steps = new ArrayDeque<>();
    private final ApiServer server = start();

    static Stream<String> manifests() throws IOException {
        try (InputStream in = ManifestsTest.class.getResourceAsStream("manifests.yaml")) {
            return Stream.of(new String(requireNonNull(in).readAllBytes(), UTF_8).split("---\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void takesItAndTakesItBack(String manifest) {
        Matcher named = KIND.matcher(manifest);
        assertThat(named.find()).as(manifest).isTrue();
        String group = named.group(1) == null ? "" : named.group(1);
        Kind kind = requireNonNull(server.kinds().named(group, named.group(2), named.group(3)));

        ApiResponse created = call(kind, Verb.CREATE, "", manifest.getBytes(UTF_8), "yaml");
        assertThat(created.code()).as(new String(created.body(), UTF_8)).isEqualTo(201);

        ApiResponse written = call(kind, Verb.UPDATE, named.group(4), created.body(), "json");
        assertThat(written.code()).as(new String(written.body(), UTF_8)).isEqualTo(200);
        assertThat(version(written)).isEqualTo(version(created));
        assertThat(kind.columns().cells(Trees.read(written.body()), Instant.EPOCH))
                .doesNotContainNull();
    }

    private static String version(ApiResponse answer) {
        JsonNode object = Trees.read(answer.body());
        return object.path("metadata").path("resourceVersion").asText();
    }

    private ApiResponse call(Kind kind, Verb verb, String name, byte[] body, String format) {
        Call call =
                new Call(
                        verb,
                        kind.group(),
                        kind.version(),
                        kind.plural(),
                        "",
                        kind.namespaced() ? "default" : "",
                        name,
                        body,
                        "application/" + format,
                        Map.of("fieldValidation", "Strict"),
                        "",
                        Origin.UNKNOWN);
        User user = User.of("admin", List.of("system:masters"));
        CompletableFuture<ApiResponse> answer =
                server.call(call, user, "test").toCompletableFuture();
        settle();
        assertThat(answer).isCompleted();
        return answer.join();
    }

    private ApiServer start() {
        ApiServer core =
                new ApiServer(
                        new MemoryLog(steps::add),
                        null,
                        new MemoryLog(steps::add),
                        new ManualClock(Instant.parse("2026-01-01T00:00:00Z")),
                        new SplittableRandom(1),
                        steps::add,
                        new SchemaBodies(),
                        BuiltInAdmission.plugins(),
                        ApiServerConfig.DEFAULTS);
        CompletableFuture<Void> started = core.start().toCompletableFuture();
        settle();
        assertThat(started).isCompleted();
        return core;
    }

    private void settle() {
        for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
            step.run();
        }
    }
}
