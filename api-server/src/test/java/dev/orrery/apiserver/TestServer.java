package dev.orrery.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.admission.AdmissionPlugin;
import dev.orrery.apiserver.admission.NamespaceLifecycle;
import dev.orrery.apiserver.body.SchemaBodies;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.http.Answer;
import dev.orrery.apiserver.http.HttpApi;
import dev.orrery.apiserver.http.HttpRequest;
import dev.orrery.apiserver.http.ServedDocuments;
import dev.orrery.apiserver.node.ClusterHttp;
import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.NodeUsages;
import dev.orrery.apiserver.pipeline.WatchStream;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.store.StoreLimits;
import dev.orrery.apiserver.token.Tokens;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.time.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A whole core on logs in memory, asked as HTTP would ask it, on one thread and virtual time. */
public final class TestServer {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final User ADMIN =
            User.of("kubernetes-admin", List.of("system:masters", User.AUTHENTICATED));

    static final String JSON = "application/json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public final ManualClock clock;
    final MemoryLog registry;
    ApiServer core;

    /** Whoever answers for the webhooks. */
    HookClient hooks = HookClient.NONE;

    /** Whoever knows what nodes and pods use. */
    NodeUsages usages = NodeUsages.NONE;

    /** Whoever answers for other API servers. */
    ClusterHttp cluster = ClusterHttp.NONE;

    private final Deque<Runnable> steps;
    private final MemoryLog events;
    private final Tokens tokens = tokens();
    private final StoreLimits limits;
    private final List<AdmissionPlugin> admission;
    private HttpApi http;

    public TestServer() {
        this(StoreLimits.REGISTRY);
    }

    TestServer(StoreLimits limits) {
        this(limits, List.of(new NamespaceLifecycle()));
    }

    static TestServer admitting(List<AdmissionPlugin> admission) {
        return new TestServer(StoreLimits.REGISTRY, admission);
    }

    private TestServer(StoreLimits limits, List<AdmissionPlugin> admission) {
        this(
                limits,
                admission,
                new ManualClock(START),
                new MemoryLog(Runnable::run),
                new ArrayDeque<>());
    }

    private TestServer(
            StoreLimits limits,
            List<AdmissionPlugin> admission,
            ManualClock clock,
            MemoryLog registry,
            Deque<Runnable> steps) {
        this.limits = limits;
        this.admission = admission;
        this.clock = clock;
        this.registry = registry;
        this.steps = steps;
        this.events = new MemoryLog(steps::add);
        core = core();
        http = new HttpApi(core, new ServedDocuments(core, "127.0.0.1:6443", 1));
        settle(core.start());
    }

    private ApiServer core() {
        return new ApiServer(
                registry.seenThrough(steps::add, Integer.MAX_VALUE),
                null,
                events,
                clock,
                new Random(1),
                steps::add,
                new SchemaBodies(),
                admission,
                tokens,
                new Outside(
                        call -> hooks.post(call),
                        call -> cluster.send(call),
                        namespace -> usages.of(namespace)),
                new ApiServerConfig(limits, StoreLimits.EVENTS, "127.0.0.1:6443"));
    }

    /** Another server on the same log. */
    TestServer replica() {
        return new TestServer(limits, admission, clock, registry, steps);
    }

    /** Another server goes on with the same logs. */
    void restart() {
        core.close();
        core = core();
        http = new HttpApi(core, new ServedDocuments(core, "127.0.0.1:6443", 1));
        settle(core.start());
    }

    private static Tokens tokens() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new Tokens(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One answer; the body is a missing node where it is no JSON. */
    record Reply(int code, JsonNode body, String text, ApiResponse response) {

        String reason() {
            return body.path("reason").asText();
        }

        String message() {
            return body.path("message").asText();
        }

        String version() {
            return body.path("metadata").path("resourceVersion").asText();
        }

        /** A field by its path, as text. */
        String field(String pointer) {
            return body.at(pointer).asText("");
        }
    }

    Reply get(String path) {
        return send("GET", path, "", "", "");
    }

    Reply post(String path, String json) {
        return send("POST", path, JSON, json, "");
    }

    Reply put(String path, String json) {
        return send("PUT", path, JSON, json, "");
    }

    Reply put(String path, JsonNode json) {
        return put(path, json.toString());
    }

    Reply patch(String path, String contentType, String patch) {
        return send("PATCH", path, contentType, patch, "");
    }

    Reply delete(String path, String options) {
        return send("DELETE", path, JSON, options, "");
    }

    Reply send(String method, String path, String contentType, String body, String accept) {
        return send(method, path, contentType, body, accept, ADMIN);
    }

    Reply send(
            String method, String path, String contentType, String body, String accept, User user) {
        Answer answer = answer(method, path, contentType, body, accept, user);
        if (answer instanceof Answer.Whole(ApiResponse response)) {
            String text = new String(response.body(), StandardCharsets.UTF_8);
            return new Reply(response.code(), parse(text), text, response);
        }
        throw new AssertionError("a watch has no single answer");
    }

    /** What a command in a container is refused with; empty where it is not. */
    String execRefusal(String pod, Map<String, String> query) {
        String path = "/api/v1/namespaces/default/pods/" + pod + "/exec";
        CompletionStage<Connect> run =
                http.connect(
                        new HttpRequest(
                                "GET", path, query, "", "", "test", "", "", new byte[0], ADMIN));
        settle();
        Throwable failure = run.toCompletableFuture().exceptionNow();
        return String.valueOf(failure.getMessage());
    }

    Watching watch(String path) {
        return watch(path, "");
    }

    Watching watch(String path, String accept) {
        Answer answer = answer("GET", path, "", "", accept, ADMIN);
        if (answer instanceof Answer.Streaming(WatchStream lines, String _)) {
            return new Watching(lines);
        }
        throw new AssertionError("no watch: " + answer);
    }

    private Answer answer(
            String method, String path, String contentType, String body, String accept, User user) {
        int mark = path.indexOf('?');
        String plain = mark < 0 ? path : path.substring(0, mark);
        Map<String, String> query = query(mark < 0 ? "" : path.substring(mark + 1));
        return settle(
                http.handle(
                        new HttpRequest(
                                method,
                                plain,
                                query,
                                accept,
                                contentType,
                                "test",
                                "",
                                "",
                                body.getBytes(StandardCharsets.UTF_8),
                                user)));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.put(equals < 0 ? pair : pair.substring(0, equals), value);
            }
        }
        return query;
    }

    private static JsonNode parse(String text) {
        try {
            return text.startsWith("{") ? MAPPER.readTree(text) : MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs everything that waits. */
    void settle() {
        for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
            step.run();
        }
    }

    private <T> T settle(CompletionStage<T> stage) {
        settle();
        return stage.toCompletableFuture().join();
    }

    /** The events of one watch, so far as they have come. */
    final class Watching {

        private final WatchStream lines;
        private boolean ended;

        Watching(WatchStream lines) {
            this.lines = lines;
        }

        /** What came since the last call. */
        List<JsonNode> events() {
            List<JsonNode> events = new ArrayList<>();
            for (byte @Nullable [] line = next(); ; line = next()) {
                if (line == null || line.length == 0) {
                    ended |= line == null;
                    return events;
                }
                events.add(parse(new String(line, StandardCharsets.UTF_8)));
            }
        }

        /** To ask may be what sets things going. */
        private byte @Nullable [] next() {
            settle();
            byte[] line = lines.poll();
            if (line == null || line.length > 0) {
                return line;
            }
            settle();
            return lines.poll();
        }

        /** As {@code ADDED a}, {@code BOOKMARK }. */
        List<String> summary() {
            return events().stream()
                    .map(event ->
                            event.path("type").asText()
                                    + " "
                                    + event.at("/object/metadata/name").asText())
                    .toList();
        }

        boolean hasEnded() {
            return ended;
        }
    }
}
