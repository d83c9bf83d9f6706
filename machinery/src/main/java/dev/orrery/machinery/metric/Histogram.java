package dev.orrery.machinery.metric;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Durations by size. Written from any thread without locks. */
public final class Histogram {

    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };

    private final AtomicLongArray counts = new AtomicLongArray(SECONDS.length + 1);
    private final LongAdder sumNanos = new LongAdder();

    public void record(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        int bucket = 0;
        while (bucket < SECONDS.length && seconds > SECONDS[bucket]) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sumNanos.add(duration.toNanos());
    }

    /** In Prometheus' text form. */
    public void print(String name, String labels, StringBuilder out) {
        String more = labels.isEmpty() ? "" : labels + ",";
        long total = 0;
        for (int i = 0; i <= SECONDS.length; i++) {
            total += counts.get(i);
            String limit =
                    i < SECONDS.length
                            ? BigDecimal.valueOf(SECONDS[i]).stripTrailingZeros().toPlainString()
                            : "+Inf";
            out.append(name)
                    .append("_bucket{")
                    .append(more)
                    .append("le=\"")
                    .append(limit)
                    .append("\"} ")
                    .append(total)
                    .append('\n');
        }
        String set = labels.isEmpty() ? "" : "{" + labels + "}";
        out.append(name).append("_sum").append(set).append(' ');
        out.append(String.format(Locale.ROOT, "%.6f", sumNanos.sum() / 1e9)).append('\n');
        out.append(name).append("_count").append(set).append(' ').append(total).append('\n');
    }
}
