package dev.orrery.machinery.reconcile;

import java.time.Duration;

/**
 * How long things took, in classes that are each a ninth wider than the one before: precise to six
 * per cent, from a microsecond to a day, in a fixed and small space.
 */
public final class Latency {

    public static final Latency NONE = new Latency(new long[Classes.COUNT]);

    private final long[] counts;

    private Latency(long[] counts) {
        this.counts = counts;
    }

    public Latency plus(Latency other) {
        long[] sum = counts.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.counts[i];
        }
        return new Latency(sum);
    }

    public long count() {
        long count = 0;
        for (long one : counts) {
            count += one;
        }
        return count;
    }

    /** The shortest time that this share of all did not exceed; zero where there was nothing. */
    public Duration percentile(double percent) {
        long rank = (long) Math.ceil(percent / 100 * count());
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (rank > 0 && seen >= rank) {
                return Classes.upperEnd(i);
            }
        }
        return Duration.ZERO;
    }

    /** Counts; used from any thread. */
    static final class Counter {

        private final long[] counts = new long[Classes.COUNT];

        synchronized void add(Duration time) {
            counts[Classes.of(time)]++;
        }

        synchronized Latency read() {
            return new Latency(counts.clone());
        }
    }

    private static final class Classes {

        private static final double WIDER = 1 + 1 / 9.0;
        private static final double FIRST_NANOS = 1000;

        /** The last is wider than a day. */
        static final int COUNT = 240;

        static int of(Duration time) {
            double nanos = Math.max(FIRST_NANOS, (double) time.toNanos());
            int index = (int) Math.ceil(Math.log(nanos / FIRST_NANOS) / Math.log(WIDER));
            return Math.clamp(index, 0, COUNT - 1);
        }

        static Duration upperEnd(int index) {
            return Duration.ofNanos((long) (FIRST_NANOS * Math.pow(WIDER, index)));
        }
    }
}
