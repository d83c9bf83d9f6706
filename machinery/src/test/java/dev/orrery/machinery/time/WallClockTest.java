package dev.orrery.machinery.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WallClockTest {

    private static final int PATIENCE_SECONDS = 20;

    @Test
    void runsATimerNoEarlierThanItsDelay() throws Exception {
        try (WallClock clock = new WallClock()) {
            CompletableFuture<Instant> ran = new CompletableFuture<>();
            Instant scheduled = clock.instant();
            clock.schedule(Duration.ofMillis(20), () -> ran.complete(clock.instant()));
            // Timers and time of day are different clocks, and may differ by a little.
            assertThat(ran.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isAfter(scheduled.plusMillis(18));
        }
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() throws Exception {
        try (WallClock clock = new WallClock()) {
            CompletableFuture<String> ran = new CompletableFuture<>();
            clock.schedule(
                    Duration.ZERO,
                    () -> {
                        throw new IllegalStateException("on purpose");
                    });
            clock.schedule(Duration.ZERO, () -> ran.complete(Thread.currentThread().getName()));
            assertThat(ran.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("orrery-timers");
        }
    }

    @Test
    void takesNothingAfterItWasClosed() {
        WallClock clock = new WallClock();
        clock.close();
        clock.schedule(Duration.ZERO, () -> {}).cancel();
    }
}
