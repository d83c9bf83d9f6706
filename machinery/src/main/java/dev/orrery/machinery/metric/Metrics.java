package dev.orrery.machinery.metric;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What one component counts. Written from any thread, read as Prometheus' text form. Labels are
 * given ready to print, {@code name="job"}; they must be of a few kinds only, never names of
 * objects.
 */
public final class Metrics {

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    /** Counts one more. */
    public void count(String name, String labels) {
        family(name, "counter").counters.computeIfAbsent(labels, _ -> new LongAdder()).increment();
    }

    /** Something took so long. */
    public void took(String name, String labels, Duration duration) {
        histogram(name, labels).record(duration);
    }

    /** For what happens often: found once, recorded into each time. */
    public Histogram histogram(String name, String labels) {
        return family(name, "histogram").histograms.computeIfAbsent(labels, _ -> new Histogram());
    }

    /** Shows a histogram that somebody else records into. */
    public void histogram(String name, String labels, Histogram histogram) {
        family(name, "histogram").histograms.put(labels, histogram);
    }

    /** A value that is asked for whenever somebody reads. */
    public void gauge(String name, String labels, LongSupplier value) {
        family(name, "gauge").values.put(labels, value);
    }

    /** As a gauge, for what only grows. */
    public void counter(String name, String labels, LongSupplier value) {
        family(name, "counter").values.put(labels, value);
    }

    private Family family(String name, String type) {
        return families.computeIfAbsent(name, _ -> new Family(type));
    }

    /** In Prometheus' text form. */
    public String text() {
        StringBuilder out = new StringBuilder(1 << 12);
        families.forEach((name, family) -> family.print(name, out));
        return out.toString();
    }

    private static final class Family {

        private final String type;
        private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
        private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();
        private final Map<String, LongSupplier> values = new ConcurrentHashMap<>();

        private Family(String type) {
            this.type = type;
        }

        private void print(String name, StringBuilder out) {
            out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            new TreeMap<>(counters)
                    .forEach((labels, count) -> line(name, labels, count.sum(), out));
            new TreeMap<>(values)
                    .forEach((labels, value) -> line(name, labels, value.getAsLong(), out));
            new TreeMap<>(histograms)
                    .forEach((labels, histogram) -> histogram.print(name, labels, out));
        }

        private static void line(String name, String labels, long value, StringBuilder out) {
            out.append(name);
            if (!labels.isEmpty()) {
                out.append('{').append(labels).append('}');
            }
            out.append(' ').append(value).append('\n');
        }
    }
}
