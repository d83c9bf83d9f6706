package dev.orrery.userland.applet;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code sleep}: one timer, nothing else. */
final class Sleep extends Applet {
    private java.time.@Nullable Instant until;

    @Override
    Step work(Task task) {
        if (until == null) {
            if (arguments(task).isEmpty()) {
                complain(task, "missing operand");
                return finish();
            }
            Duration total = Duration.ZERO;
            for (String word : arguments(task)) {
                Duration duration = duration(word);
                if (duration == null) {
                    complain(task, "invalid number '" + word + "'");
                    return finish();
                }
                total = total.plus(duration);
            }
            // Process 1 may have been taken up again after it had slept for a while.
            until =
                    (task.pid() == 1 ? task.started() : task.machine().host().instant())
                            .plus(total);
        }
        if (!task.machine().host().instant().isBefore(until)) {
            return finish(0);
        }
        task.wakeAt(until);
        return Step.WAITING;
    }

    /** A number of seconds, or of what its last letter says; null if it is none. */
    static @Nullable Duration duration(String word) {
        if (word.equals("infinity") || word.equals("inf")) {
            return Duration.ofDays(36_500);
        }
        if (!word.matches("\\d{1,9}(\\.\\d{0,9})?[smhd]?|\\.\\d{1,9}[smhd]?")) {
            return null;
        }
        int unit =
                switch (word.charAt(word.length() - 1)) {
                    case 'm' -> 60;
                    case 'h' -> 3_600;
                    case 'd' -> 86_400;
                    default -> 1;
                };
        BigDecimal seconds =
                new BigDecimal(word.replaceAll("[smhd.]$", "")).multiply(BigDecimal.valueOf(unit));
        return Duration.ofMillis(
                Math.min(seconds.movePointRight(3).longValue(), 3_153_600_000_000L));
    }
}
