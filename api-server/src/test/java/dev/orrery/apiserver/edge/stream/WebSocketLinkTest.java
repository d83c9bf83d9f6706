package dev.orrery.apiserver.edge.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketLinkTest {

    private static final int PATIENCE_MS = 10_000;
    private static final byte[] MASKED_PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Boolean> fullBeforeAnswer = new CompletableFuture<>();
    private final CompletableFuture<Boolean> fullAfterAnswer = new CompletableFuture<>();
    private final Socket client = new Socket();

    @AfterEach
    void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void writesWhenTheClientHasAnsweredThatItListens() throws Exception {
        DataInputStream frames = connect(false);

        assertThat(frame(frames)).as("a ping").isEqualTo("89");
        assertThat(fullBeforeAnswer.get(PATIENCE_MS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(frames.available()).isZero();

        client.getOutputStream().write(MASKED_PONG);

        assertThat(frame(frames)).as("a binary message").isEqualTo("82 early");
        assertThat(fullAfterAnswer.get(PATIENCE_MS, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void endsAfterWhatWasWritten() throws Exception {
        DataInputStream frames = connect(true);

        assertThat(frame(frames)).as("a ping").isEqualTo("89");
        client.getOutputStream().write(MASKED_PONG);

        assertThat(frame(frames)).as("a binary message").isEqualTo("82 early");
        assertThat(frame(frames)).as("a farewell").startsWith("88");
    }

    /** The stream of frames after the handshake. */
    private DataInputStream connect(boolean ends) throws Exception {
        HttpServer server =
                vertx.createHttpServer()
                        .webSocketHandler(socket -> serve(socket, ends))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        client.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        client.setSoTimeout(PATIENCE_MS);
        String handshake =
                """
                GET / HTTP/1.1\r
                Host: localhost\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                \r
                """;
        client.getOutputStream().write(handshake.getBytes(ISO_8859_1));
        DataInputStream stream = new DataInputStream(client.getInputStream());
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) stream.readUnsignedByte());
        }
        assertThat(head.toString()).contains("101 Switching Protocols");
        return stream;
    }

    private void serve(ServerWebSocket socket, boolean ends) {
        WebSocketLink link = new WebSocketLink(socket);
        link.begin(
                new Link.Receiver() {
                    @Override
                    public void received(Buffer bytes) {}

                    @Override
                    public void drained() {
                        fullAfterAnswer.complete(link.isFull());
                    }

                    @Override
                    public void gone() {}
                });
        link.write(Buffer.buffer("early"));
        fullBeforeAnswer.complete(link.isFull());
        if (ends) {
            link.close();
        }
    }

    /** The frame's first byte in hexadecimal digits, and what it carries. */
    private static String frame(DataInputStream stream) throws IOException {
        String kind = Integer.toHexString(stream.readUnsignedByte());
        byte[] carried = stream.readNBytes(stream.readUnsignedByte());
        return (kind + " " + new String(carried, ISO_8859_1)).strip();
    }
}
