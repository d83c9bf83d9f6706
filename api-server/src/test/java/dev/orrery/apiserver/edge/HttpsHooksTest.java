package dev.orrery.apiserver.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookTarget;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server with a certificate of its own, on the loopback. */
class HttpsHooksTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String NAME = HookServer.NAME;

    @TempDir static Path directory;

    private static int port;
    private static byte[] certificate = {};

    private final HttpsHooks hooks = new HttpsHooks(VERTX);

    @BeforeAll
    static void serve() throws Exception {
        HookServer server = HookServer.start(VERTX, directory);
        port = server.port();
        certificate = server.certificate();
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get();
    }

    private HookCall call(String path, String serverName, byte[] authorities, Duration timeout) {
        return call(path, serverName, port, authorities, timeout);
    }

    private static HookCall call(
            String path, String serverName, int port, byte[] authorities, Duration timeout) {
        HookTarget target =
                new HookTarget(
                        "https://" + serverName + path,
                        serverName,
                        "127.0.0.1",
                        port,
                        false,
                        path,
                        authorities);
        return new HookCall(target, "{}".getBytes(StandardCharsets.US_ASCII), timeout);
    }

    private HookAnswer post(HookCall call) {
        return hooks.post(call).toCompletableFuture().join();
    }

    @Test
    void postsToTheAddressUnderTheNameOfTheService() {
        HookAnswer answer = post(call("/check", NAME, certificate, LONG));
        assertThat(answer.code()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("/check?timeout=20s " + NAME + ":" + port + " {}");
        assertThat(post(call("/refuse", NAME, certificate, LONG)).code()).isEqualTo(503);
    }

    @Test
    void trustsOnlyTheAuthoritiesOfTheWebhook() {
        assertThatThrownBy(() -> post(call("/check", NAME, new byte[0], LONG)))
                .hasMessageContaining(
                        "Post \"https://hook.default.svc/check?timeout=20s\": tls: failed to verify"
                                + " certificate: x509: certificate signed by unknown authority");
    }

    @Test
    void theCertificateMustBeForTheName() {
        assertThatThrownBy(() -> post(call("/check", "other.default.svc", certificate, LONG)))
                .hasMessageContaining(
                        "tls: failed to verify certificate: x509: certificate is not valid for"
                                + " other.default.svc");
    }

    @Test
    void nobodyMayTakeLongerThanHisTime() {
        assertThatThrownBy(() -> post(call("/hang", NAME, certificate, Duration.ofSeconds(1))))
                .hasMessageContaining(
                        "Post \"https://hook.default.svc/hang?timeout=1s\": context deadline"
                                + " exceeded");
    }

    @Test
    void nobodyThereIsToldAsItIs() {
        assertThatThrownBy(() -> post(call("/check", NAME, 1, certificate, LONG)))
                .hasMessageContaining("dial tcp 127.0.0.1:1: connect: connection refused");
    }
}
