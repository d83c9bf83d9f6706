package dev.orrery.userland.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.userland.file.FileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {

    private final Ports ports = new Ports();

    @ParameterizedTest
    @CsvSource({
        "'', '', false",
        "'', 127.0.0.1, false",
        "127.0.0.1, 0.0.0.0, false",
        "127.0.0.1, 127.0.0.1, false",
        "127.0.0.1, 10.0.0.1, true"
    })
    void givesAPortTwiceOnlyForDifferentAddresses(String first, String second, boolean both) {
        ports.listen(first, 80, _ -> {});

        if (both) {
            assertThat(ports.listen(second, 80, _ -> {}).port()).isEqualTo(80);
        } else {
            assertThatThrownBy(() -> ports.listen(second, 80, _ -> {}))
                    .isInstanceOf(FileException.class)
                    .hasMessage("Address already in use");
        }
    }

    @Test
    void findsWhoListensOnAnAddress() {
        ports.listen("127.0.0.1", 80, _ -> {});

        assertThat(ports.listener("127.0.0.1", 80)).isNotNull();
        assertThat(ports.listener("10.0.0.1", 80)).isNull();
        assertThat(ports.receiver("127.0.0.1", 80)).isNull();
    }

    @Test
    void givesAPortAgainThatWasGivenBack() {
        Bound first = ports.receive("", 0, _ -> {});
        first.release().run();

        assertThat(ports.receive("", first.port(), _ -> {}).port()).isEqualTo(first.port());
    }
}
