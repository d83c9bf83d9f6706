package dev.orrery.userland.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.userland.Channel;
import dev.orrery.userland.Connection;
import dev.orrery.userland.file.FileException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecureChannelTest {

    private final Connection.Pair raw =
            Connection.pair(new Address("10.0.0.1", 1), new Address("10.0.0.2", 443));
    private final Connection server =
            SecureChannel.over(
                    raw.server(), ServerSecurity.selfSigned("web", Instant.now()).engine());

    private Connection client(boolean insecure) {
        return SecureChannel.over(raw.client(), ClientSecurity.engine("web", 443, insecure, ""));
    }

    /** Both take turns, as tasks do that wake each other. */
    private static String pass(Connection from, Connection to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder got = new StringBuilder();
        byte[] buffer = new byte[1000];
        int sent = 0;
        for (int turn = 0; turn < 100_000 && got.length() < bytes.length; turn++) {
            if (sent < bytes.length) {
                sent += from.write(bytes, sent, bytes.length - sent, () -> {});
            }
            int count = to.read(buffer, () -> {});
            got.append(new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8));
        }
        return got.toString();
    }

    @Test
    void carriesBytesBothWays() {
        Connection client = client(true);

        assertThat(pass(client, server, "ping")).isEqualTo("ping");
        assertThat(pass(server, client, "pong".repeat(50_000))).hasSize(200_000);
    }

    @Test
    void tellsThePeersEnd() {
        Connection client = client(true);
        pass(client, server, "ping");

        client.close();

        assertThat(server.read(new byte[10], () -> {})).isEqualTo(Channel.END);
    }

    @Test
    void doesNotSpeakToWhomItCannotTrust() {
        Connection client = client(false);

        assertThatThrownBy(() -> pass(client, server, "ping"))
                .isInstanceOf(FileException.class)
                .hasMessage("Protocol error");
        assertThat(SecureChannel.fault(client)).isNotNull();
    }

    @Test
    void failsWhereThePeerSpeaksSomethingElse() {
        Connection client = client(true);
        byte[] plain = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        raw.server().write(plain, 0, plain.length, () -> {});

        assertThatThrownBy(() -> client.read(new byte[10], () -> {}))
                .isInstanceOf(FileException.class)
                .hasMessage("Protocol error");
    }

    @Test
    void oneServerHearsWhoSpeaksTlsAndWhoDoesNot() {
        Connection either =
                GuessedChannel.over(
                        raw.server(), () -> ServerSecurity.selfSigned("web", Instant.now()));
        assertThat(pass(client(true), either, "secret")).isEqualTo("secret");

        Connection.Pair other =
                Connection.pair(new Address("10.0.0.1", 2), new Address("10.0.0.2", 443));
        Connection plain =
                GuessedChannel.over(
                        other.server(),
                        () -> {
                            throw new AssertionError("nobody asked for TLS");
                        });
        assertThat(pass(other.client(), plain, "GET /")).isEqualTo("GET /");
        assertThat(pass(plain, other.client(), "200 OK")).isEqualTo("200 OK");
    }
}
