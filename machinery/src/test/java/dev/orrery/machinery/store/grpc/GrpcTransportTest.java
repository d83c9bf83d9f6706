package dev.orrery.machinery.store.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Verb;
import dev.orrery.machinery.time.WallClock;
import dev.orrery.proto.CallRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GrpcTransportTest {

    @TempDir Path directory;

    private final WallClock clock = new WallClock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private TestPki pki;
    private TestServer server;
    private GrpcTransport transport;

    @BeforeEach
    void connect() throws IOException {
        pki = new TestPki(directory);
        server = new TestServer(pki, 0);
        transport = transportTo(server.port());
    }

    @AfterEach
    void disconnect() {
        transport.close();
        server.close();
        clock.close();
        threads.close();
    }

    @Test
    void aCallSaysWhatAndWhy() {
        Call call =
                new Call(
                        Verb.CREATE,
                        "apps",
                        "v1",
                        "deployments",
                        "scale",
                        "default",
                        "web",
                        "{\"a\":1}".getBytes(UTF_8),
                        "application/json",
                        Map.of("dryRun", "All"),
                        "system:node:node-1",
                        new Origin(List.of(3L, 5L), 8, "00-trace"));
        Answer answer = transport.call(call);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.body()).asString(UTF_8).isEqualTo("{\"a\":1}");
        assertThat(answer.resourceVersion()).isEqualTo(1);
        CallRequest sent = server.calls.getFirst();
        assertThat(sent.getVerb()).isEqualTo("create");
        assertThat(sent.getGroup()).isEqualTo("apps");
        assertThat(sent.getVersion()).isEqualTo("v1");
        assertThat(sent.getResource()).isEqualTo("deployments");
        assertThat(sent.getSubresource()).isEqualTo("scale");
        assertThat(sent.getNamespace()).isEqualTo("default");
        assertThat(sent.getName()).isEqualTo("web");
        assertThat(sent.getContentType()).isEqualTo("application/json");
        assertThat(sent.getOptionsMap()).isEqualTo(Map.of("dryRun", "All"));
        assertThat(sent.getActingAs()).isEqualTo("system:node:node-1");
        assertThat(sent.getUserAgent()).isEqualTo("kube-scheduler/test");
        assertThat(sent.getCauseList()).containsExactly(3L, 5L);
        assertThat(sent.getSeen()).isEqualTo(8);
        assertThat(sent.getTraceparent()).isEqualTo("00-trace");
    }

    @Test
    void aBatchIsAnsweredInItsOrder() {
        List<Answer> answers =
                transport.batch(List.of(call(Verb.CREATE, "a"), call(Verb.CREATE, "b")));

        assertThat(server.calls).extracting(CallRequest::getName).containsExactly("a", "b");
        assertThat(answers).extracting(Answer::resourceVersion).containsExactly(1L, 2L);
    }

    @Test
    void severalServersShareTheCallsAndOneIsEnough() throws IOException {
        try (TestServer other = new TestServer(pki, 0);
                GrpcTransport both =
                        transportTo(
                                "127.0.0.1:%d,127.0.0.1:%d"
                                        .formatted(server.port(), other.port()))) {
            while (server.calls.isEmpty() || other.calls.isEmpty()) {
                both.call(call(Verb.GET, "a"));
            }
            server.close();
            int answered = other.calls.size();
            for (int i = 0; i < 10; i++) {
                assertThat(both.call(call(Verb.GET, "b")).code()).isEqualTo(200);
            }
            assertThat(other.calls).hasSize(answered + 10);
        }
    }

    @Test
    void aSnapshotComesInChunks() {
        GroupResource pods = new GroupResource("", "pods");
        GroupResource sets = new GroupResource("apps", "replicasets");
        Snapshot snapshot = transport.snapshot(new TreeSet<>(Set.of(pods, sets)));

        assertThat(snapshot.resourceVersion()).isEqualTo(42);
        assertThat(snapshot.objects())
                .extracting(Snapshot.Item::key)
                .containsExactly(new ObjectKey(pods, "", "a"), new ObjectKey(sets, "", "a"));
        assertThat(snapshot.objects().getFirst().resourceVersion()).isEqualTo(7);
        assertThat(snapshot.objects().getFirst().value()).asString(UTF_8).isEqualTo("{}");
    }

    @Test
    void aSnapshotWithoutAnyChunkIsNone() {
        assertThatThrownBy(() -> transport.snapshot(Set.of()))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void sendsAReadAgainThatWasLost() {
        server.losing.set(2);
        assertThat(transport.call(call(Verb.GET, "a")).code()).isEqualTo(200);
        assertThat(server.calls).hasSize(3);
    }

    @Test
    void doesNotSendAWriteAgainThatWasLost() {
        server.losing.set(1);
        assertThatThrownBy(() -> transport.call(call(Verb.CREATE, "a")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("lost");
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void callsWaitForAServerThatIsStartedAgain() throws Exception {
        transport.call(call(Verb.GET, "before"));
        int port = server.port();
        server.close();
        // A write that is sent into a connection that breaks may have happened, and is not retried.
        while (transport.isConnected()) {
            Thread.onSpinWait();
        }
        CompletableFuture<Answer> read =
                CompletableFuture.supplyAsync(
                        () -> transport.call(call(Verb.GET, "meanwhile")), threads);
        CompletableFuture<Answer> write =
                CompletableFuture.supplyAsync(
                        () -> transport.call(call(Verb.CREATE, "meanwhile")), threads);
        server = new TestServer(pki, port);

        assertThat(read.get().code()).isEqualTo(200);
        assertThat(write.get().code()).isEqualTo(200);
    }

    @Test
    void manyCallersShareOneConnection() {
        List<CompletableFuture<Answer>> answers =
                IntStream.range(0, 2_000)
                        .mapToObj(i ->
                                CompletableFuture.supplyAsync(
                                        () -> transport.call(call(Verb.CREATE, "n" + i)), threads))
                        .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get().code()).isEqualTo(200));
        assertThat(server.calls).hasSize(2_000);
    }

    @Test
    void callsThatWaitEndWithTheTransport() throws Exception {
        server.close();
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> transport.call(call(Verb.GET, "a")), threads);
        transport.close();
        assertThat(waiting.handle((_, failure) -> failure.getCause()).get())
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void credentialsThatAreNotThereYetAreSaidSo() {
        Credentials missing = Credentials.of(directory.resolve("later"), "scheduler");
        assertThatThrownBy(() -> new GrpcTransport("127.0.0.1:1", missing, "test", clock))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ca.crt");
    }

    private GrpcTransport transportTo(int port) {
        return transportTo("127.0.0.1:" + port);
    }

    private GrpcTransport transportTo(String addresses) {
        return new GrpcTransport(
                addresses, Credentials.of(directory, "scheduler"), "kube-scheduler/test", clock);
    }

    private static Call call(Verb verb, String name) {
        return new Call(
                verb,
                "",
                "v1",
                "pods",
                "",
                "default",
                name,
                new byte[] {'{', '}'},
                "application/json",
                Map.of(),
                "",
                Origin.UNKNOWN);
    }
}
