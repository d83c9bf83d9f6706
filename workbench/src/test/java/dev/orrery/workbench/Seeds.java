package dev.orrery.workbench;

import java.util.stream.LongStream;

/**
 * Which seeds a test runs: {@code -Dorrery.seed=123} that one, {@code -Dorrery.seeds=1000} the
 * first thousand.
 */
final class Seeds {

    private static final int USUAL = 100;

    private Seeds() {}

    static LongStream chosen() {
        Long one = Long.getLong("orrery.seed");
        return one == null
                ? LongStream.rangeClosed(1, Long.getLong("orrery.seeds", USUAL))
                : LongStream.of(one);
    }

    /** The line that runs one seed again. */
    static String replay(Class<?> test, long seed) {
        return "./mvnw -pl workbench -am test -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false -Dorrery.seed=%d"
                .formatted(test.getSimpleName(), seed);
    }
}
