package dev.orrery.apiserver.edge;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Base64;

/** A server on the loopback with a certificate of its own. {@code /hang} is never answered. */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
record HookServer(HttpServer server, byte[] certificate) {

    static final String NAME = "hook.default.svc";

    static HookServer start(Vertx vertx, Path directory) throws Exception {
        Path keys = directory.resolve("keys.p12");
        makeKeys(keys);
        HttpServerOptions options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keys.toString()).setPassword("changeit"));
        HttpServer server =
                vertx.createHttpServer(options)
                        .requestHandler(HookServer::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
        return new HookServer(server, certificate(keys));
    }

    int port() {
        return server.actualPort();
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
}
