package dev.orrery.kubelet.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "350, 350ms",
        "1500, 1.5s",
        "10000, 10s",
        "80000, 1m20s",
        "300000, 5m0s",
        "3600000, 1h0m0s",
        "3661001, 1h1m1.001s"
    })
    void printsAsGoDoes(long millis, String text) {
        assertThat(GoDuration.text(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
