package dev.orrery.controllermanager.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedPodBackoffTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final FailedPodBackoff backoff = new FailedPodBackoff();

    @Test
    void theFirstGoesAtOnceAndTheNextEverLater() {
        assertThat(remaining("a", 0)).isZero();
        assertThat(remaining("a", 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(remaining("a", 1)).isZero();
        assertThat(remaining("a", 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(remaining("b", 1)).isZero();
        assertThat(remaining("a", 3)).isZero();
        assertThat(remaining("a", 4)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void neverWaitsLongerThanAQuarterOfAnHourAndForgetsAfterAnHourOfPeace() {
        long second = 0;
        for (int i = 0; i < 20; i++) {
            Duration wait = remaining("a", second);
            assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(15));
            second += wait.toSeconds();
        }
        remaining("a", second);
        remaining("a", second + 3600);
        assertThat(remaining("a", second + 3600)).isEqualTo(Duration.ofSeconds(1));
    }

    private Duration remaining(String place, long second) {
        return backoff.remaining(place, START.plusSeconds(second));
    }
}
