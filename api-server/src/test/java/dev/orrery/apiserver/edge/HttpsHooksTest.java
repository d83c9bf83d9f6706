package dev.orrery.apiserver.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookTarget;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server with a certificate of its own, on the loopback. */
class HttpsHooksTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String NAME = "hook.default.svc";

    @TempDir static Path directory;

    private static HttpServer server = VERTX.createHttpServer();
    private static byte[] certificate = {};

    private final HttpsHooks hooks = new HttpsHooks(VERTX);

    @BeforeAll
    static void serve() throws Exception {
        Path keys = directory.resolve("keys.p12");
        makeKeys(keys);
        certificate = certificate(keys);
        HttpServerOptions options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keys.toString()).setPassword("changeit"));
        server =
                VERTX.createHttpServer(options)
                        .requestHandler(HttpsHooksTest::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get();
    }

    private static void makeKeys(Path store) throws IOException, InterruptedException {
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "hook",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=hook",
                                "-ext",
                                "SAN=DNS:" + NAME,
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static byte[] certificate(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        String base64 =
                Base64.getMimeEncoder().encodeToString(keys.getCertificate("hook").getEncoded());
        return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code /hang} is never answered. */
    private static void answer(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (path.equals("/hang")) {
            return;
        }
        request.body()
                .onSuccess(body ->
                        request.response()
                                .setStatusCode(path.equals("/refuse") ? 503 : 200)
                                .end(request.uri() + " " + request.getHeader("host") + " " + body));
    }

    private HookCall call(String path, String serverName, byte[] authorities, Duration timeout) {
        return call(path, serverName, server.actualPort(), authorities, timeout);
    }

    private static HookCall call(
            String path, String serverName, int port, byte[] authorities, Duration timeout) {
        HookTarget target =
                new HookTarget(
                        "https://" + serverName + path,
                        serverName,
                        "127.0.0.1",
                        port,
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
                .isEqualTo("/check?timeout=20s " + NAME + ":" + server.actualPort() + " {}");
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
