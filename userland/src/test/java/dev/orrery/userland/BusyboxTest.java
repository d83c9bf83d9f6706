package dev.orrery.userland;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.userland.applet.Applets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What busybox 1.35 printed for these scripts in an empty folder, and ended with. */
class BusyboxTest {

    static Stream<Arguments> scripts() throws IOException {
        try (InputStream table = BusyboxTest.class.getResourceAsStream("/busybox.txt")) {
            String text =
                    new String(
                            Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            List<Arguments> rows = new ArrayList<>();
            for (String row : text.split("\n====\n")) {
                String[] parts = row.split("\n----\n", 2);
                rows.add(Arguments.of(parts[0], parts[1].stripTrailing()));
            }
            return rows.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void saysWhatBusyboxSays(String script, String expected) {
        Bench bench = new Bench(new Applets(true));
        assertThat(bench.sh("export HOME=/root; mkdir /work; cd /work\n" + script))
                .isEqualTo(expected);
    }
}
