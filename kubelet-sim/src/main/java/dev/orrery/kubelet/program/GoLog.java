package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Go programs write them. */
final class GoLog {

    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss ", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter KLOG =
            DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS '+0000 UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final double NANOS = 1e9;

    private GoLog() {}

    static String line(Task task, String message) {
        return PLAIN.format(now(task)) + message + "\n";
    }

    static String klog(Task task, String place, String message) {
        return "I" + KLOG.format(now(task)) + "       1 " + place + "] " + message + "\n";
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static Instant now(Task task) {
        return task.machine().host().instant();
    }

    static double seconds(Task task) {
        return Duration.between(task.started(), now(task)).toNanos() / NANOS;
    }

    /** Of {@code 1m30s}, {@code 500ms}; zero where it is none. */
    static Duration duration(String text) {
        Duration total = Duration.ZERO;
        java.util.regex.Matcher part =
                java.util.regex.Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|h|m|s)")
                        .matcher(text);
        while (part.find()) {
            long millis =
                    switch (part.group(2)) {
                        case "ms" -> 1;
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        default -> 3_600_000;
                    };
            total =
                    total.plus(
                            Duration.ofMillis(
                                    Math.round(Double.parseDouble(part.group(1)) * millis)));
        }
        return total;
    }
}
