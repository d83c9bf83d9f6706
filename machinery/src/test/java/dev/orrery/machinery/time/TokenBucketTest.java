package dev.orrery.machinery.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @Test
    void allowsABurstAndThenSoManyASecond() {
        TokenBucket bucket = new TokenBucket(clock, 2, 3);
        assertThat(taken(bucket, 5)).isEqualTo(3);
        clock.advance(Duration.ofMillis(500));
        assertThat(taken(bucket, 5)).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(taken(bucket, 5)).isEqualTo(3);
    }

    @Test
    void saysHowLongToWaitForATokenThatIsReserved() {
        TokenBucket bucket = new TokenBucket(clock, 10, 1);
        assertThat(bucket.reserve()).isEqualTo(Duration.ZERO);
        assertThat(bucket.reserve()).isEqualTo(Duration.ofMillis(100));
        assertThat(bucket.reserve()).isEqualTo(Duration.ofMillis(200));
        clock.advance(Duration.ofMillis(250));
        assertThat(bucket.reserve()).isEqualTo(Duration.ofMillis(50));
    }

    private static int taken(TokenBucket bucket, int attempts) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += bucket.tryTake() ? 1 : 0;
        }
        return taken;
    }
}
