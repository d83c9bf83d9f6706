package dev.orrery.machinery.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTest {

    private final Latency.Counter counter = new Latency.Counter();

    @Test
    void knowsTheSlowestOfAHundredApartFromTheRest() {
        for (int i = 0; i < 99; i++) {
            counter.add(Duration.ofMillis(2));
        }
        counter.add(Duration.ofSeconds(3));
        Latency latency = counter.read();

        assertThat(latency.count()).isEqualTo(100);
        assertThat(millis(latency, 50)).isCloseTo(2, within(0.25));
        assertThat(millis(latency, 99)).isCloseTo(2, within(0.25));
        assertThat(millis(latency, 100)).isCloseTo(3000, within(340.0));
    }

    @Test
    void addsUp() {
        counter.add(Duration.ofMillis(1));
        Latency sum = counter.read().plus(counter.read());

        assertThat(sum.count()).isEqualTo(2);
    }

    @Test
    void takesWhatIsBeyondItsEnds() {
        counter.add(Duration.ZERO);
        counter.add(Duration.ofDays(1000));

        assertThat(counter.read().count()).isEqualTo(2);
        assertThat(Latency.NONE.percentile(99)).isZero();
    }

    private static double millis(Latency latency, double percent) {
        return latency.percentile(percent).toNanos() / 1e6;
    }
}
