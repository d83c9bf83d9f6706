package dev.orrery.machinery.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The behaviour of client-go's work queues, which all of Kubernetes' controllers lean on. */
class WorkQueueTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private int readies;
    private final WorkQueue<String> queue = new WorkQueue<>(clock, () -> readies++);

    @Test
    void aKeyWaitsOnceHoweverOftenItIsAdded() {
        queue.add("a");
        queue.add("b");
        queue.add("a");

        assertThat(drain()).containsExactly("a", "b");
        assertThat(readies).isEqualTo(2);
    }

    @Test
    void aKeyThatIsWorkedOnIsNotHandedOutAgainBeforeItIsDone() {
        queue.add("a");
        assertThat(queue.poll()).isEqualTo("a");
        queue.add("a");
        queue.add("a");
        assertThat(queue.poll()).isNull();

        queue.done("a");
        assertThat(drain()).containsExactly("a");
    }

    @Test
    void aKeyThatIsDoneAndWasNotAddedIsGone() {
        queue.add("a");
        queue.poll();
        queue.done("a");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void addsLaterAtTheEarlierOfTwoTimes() {
        queue.addAfter("a", Duration.ofSeconds(10));
        queue.addAfter("a", Duration.ofSeconds(3));
        queue.addAfter("a", Duration.ofSeconds(20));

        clock.advance(Duration.ofMillis(2999));
        assertThat(queue.poll()).isNull();
        clock.advance(Duration.ofMillis(1));
        assertThat(drain()).containsExactly("a");
        clock.advance(Duration.ofSeconds(30));
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aDelayOfNothingAddsAtOnce() {
        queue.addAfter("a", Duration.ZERO);
        assertThat(drain()).containsExactly("a");
    }

    @Test
    void aKeyThatFailsWaitsTwiceAsLongEachTime() {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant failed = clock.instant();
            queue.addRateLimited("a");
            clock.runNext();
            delays.add(Duration.between(failed, clock.instant()).toMillis());
            drain();
        }
        assertThat(delays.subList(0, 5)).containsExactly(5L, 10L, 20L, 40L, 80L);
        assertThat(delays.get(10)).isEqualTo(5_120);
        assertThat(delays.get(17)).isEqualTo(655_360);
        assertThat(delays.subList(18, 20)).containsExactly(1_000_000L, 1_000_000L);

        queue.forget("a");
        queue.addRateLimited("a");
        assertThat(clock.nextDue()).contains(clock.instant().plusMillis(5));
    }

    @Test
    void allKeysTogetherFailNoFasterThanTenASecondAfterABurstOfAHundred() {
        IntStream.range(0, 120).forEach(i -> queue.addRateLimited("key-" + i));
        clock.advance(Duration.ofMillis(50));
        assertThat(drain()).hasSize(100);
        clock.advance(Duration.ofSeconds(1));
        assertThat(drain()).hasSize(10);
        clock.advance(Duration.ofSeconds(1));
        assertThat(drain()).hasSize(10);
    }

    @Test
    void takesNothingAfterTheShutDown() {
        queue.add("a");
        queue.addAfter("b", Duration.ofSeconds(1));
        queue.shutDown();
        queue.add("c");
        clock.advance(Duration.ofSeconds(2));
        assertThat(queue.poll()).isNull();
    }

    @Test
    void countsWhatPassesThrough() {
        queue.add("a");
        queue.add("b");
        clock.advance(Duration.ofSeconds(2));
        queue.poll();
        queue.addRateLimited("c");

        assertThat(queue.metrics())
                .isEqualTo(
                        new QueueMetrics(
                                1, 1, 1, 2, 1, 1, Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    private List<String> drain() {
        List<String> keys = new ArrayList<>();
        for (String key = queue.poll(); key != null; key = queue.poll()) {
            keys.add(key);
            queue.done(key);
        }
        return keys;
    }
}
