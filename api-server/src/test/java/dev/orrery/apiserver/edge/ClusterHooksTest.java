package dev.orrery.apiserver.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.hook.HookTarget;
import dev.orrery.machinery.time.WallClock;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through tunnels, to a server that has a certificate of its own. */
class ClusterHooksTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final WallClock CLOCK = new WallClock();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String NAME = HookServer.NAME;

    @TempDir static Path directory;

    private static int port;
    private static byte[] certificate = {};

    private final SocketTunnels tunnels = new SocketTunnels(VERTX);
    private final HookClient hooks =
            new ClusterHooks(
                    new TunnelHttp(tunnels, VERTX, new ClientTls(directory)),
                    _ -> CompletableFuture.completedFuture(new HookAnswer(299, new byte[0])),
                    CLOCK);

    @BeforeAll
    static void serve() throws Exception {
        HookServer server = HookServer.start(VERTX, directory);
        port = server.port();
        certificate = server.certificate();
    }

    @AfterAll
    static void stop() throws Exception {
        CLOCK.close();
        VERTX.close().toCompletionStage().toCompletableFuture().get();
    }

    private static HookCall call(String path, String serverName, int port, Duration timeout) {
        return call(path, serverName, port, certificate, timeout, true);
    }

    private static HookCall call(
            String path,
            String serverName,
            int port,
            byte[] authorities,
            Duration timeout,
            boolean inCluster) {
        HookTarget target =
                new HookTarget(
                        "https://" + serverName + ":443" + path,
                        serverName,
                        "10.0.0.9",
                        port,
                        inCluster,
                        path,
                        authorities);
        return new HookCall(target, "{}".getBytes(StandardCharsets.US_ASCII), timeout);
    }

    private HookAnswer post(HookCall call) {
        return hooks.post(call).toCompletableFuture().join();
    }

    @Test
    void postsThroughATunnelUnderTheNameOfTheService() {
        HookAnswer answer = post(call("/check", NAME, port, LONG));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("/check?timeout=20s " + NAME + ":443 {}");
        assertThat(post(call("/refuse", NAME, port, LONG)).code()).isEqualTo(503);
    }

    @Test
    void callsDirectlyWhatIsNotInTheCluster() {
        assertThat(post(call("/check", NAME, port, certificate, LONG, false)).code())
                .isEqualTo(299);
    }

    @Test
    void trustsOnlyTheAuthoritiesOfTheWebhook() {
        assertThatThrownBy(() -> post(call("/check", NAME, port, new byte[0], LONG, true)))
                .hasMessageContaining(
                        "Post \"https://hook.default.svc:443/check?timeout=20s\": tls: failed to"
                                + " verify certificate: x509: certificate signed by unknown"
                                + " authority");
    }

    @Test
    void theCertificateMustBeForTheName() {
        assertThatThrownBy(() -> post(call("/check", "other.default.svc", port, LONG)))
                .hasMessageContaining(
                        "tls: failed to verify certificate: x509: certificate is not valid for");
    }

    @Test
    void whoTakesTooLongIsLeftAlone() {
        assertThatThrownBy(() -> post(call("/hang", NAME, port, Duration.ofSeconds(1))))
                .hasMessageContaining(
                        "Post \"https://hook.default.svc:443/hang?timeout=1s\": context deadline"
                                + " exceeded");
        while (tunnels.open.get() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void nobodyThereIsToldAsItIs() {
        assertThatThrownBy(() -> post(call("/check", NAME, 1, LONG)))
                .hasMessageContaining("dial tcp 10.0.0.9:1: connect: connection refused");
    }
}
