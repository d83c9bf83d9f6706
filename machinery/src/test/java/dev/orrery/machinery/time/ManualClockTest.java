package dev.orrery.machinery.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTimersByDueTimeAndThenByTheOrderOfScheduling() {
        schedule(3, "c");
        schedule(1, "a");
        schedule(3, "d");
        schedule(2, "b");
        clock.advance(Duration.ofSeconds(3));

        assertThat(ran).containsExactly("a@1", "b@2", "c@3", "d@3");
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(3));
    }

    @Test
    void runsWhatATimerSchedulesIfItFallsDueOnTheWay() {
        clock.schedule(Duration.ofSeconds(1), () -> schedule(1, "second"));
        clock.schedule(Duration.ofSeconds(1), () -> schedule(2, "third"));
        clock.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("second@2");
        assertThat(clock.nextDue()).contains(Instant.ofEpochSecond(3));
    }

    @Test
    void aTimerWithoutDelayRunsWhenTimeIsMovedAndNotBefore() {
        schedule(0, "now");
        schedule(-5, "past");
        assertThat(ran).isEmpty();
        clock.advance(Duration.ZERO);
        assertThat(ran).containsExactly("now@0", "past@0");
    }

    @Test
    void aCancelledTimerDoesNotRun() {
        Clock.Timer timer = clock.schedule(Duration.ofSeconds(1), () -> ran.add("cancelled"));
        clock.schedule(Duration.ZERO, timer::cancel);
        clock.advance(Duration.ofSeconds(2));
        assertThat(ran).isEmpty();
    }

    @Test
    void canMoveFromTimerToTimer() {
        schedule(5, "a");
        schedule(7, "b");
        assertThat(clock.runNext()).isTrue();
        assertThat(clock.runNext()).isTrue();
        assertThat(clock.runNext()).isFalse();
        assertThat(ran).containsExactly("a@5", "b@7");
    }

    @Test
    void timeDoesNotGoBack() {
        clock.advance(Duration.ofSeconds(5));
        schedule(0, "due");
        clock.advanceTo(Instant.EPOCH);
        assertThat(ran).containsExactly("due@5");
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(5));
    }

    private void schedule(int seconds, String name) {
        clock.schedule(
                Duration.ofSeconds(seconds),
                () -> ran.add(name + "@" + clock.instant().getEpochSecond()));
    }
}
