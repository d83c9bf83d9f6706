package dev.orrery.workbench;

import dev.orrery.workbench.Trial.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Which seeds a test runs: {@code -Dorrery.seed=123} that one, {@code -Dorrery.seeds=1000} the
 * first thousand; of the one {@code -Dorrery.acts=0,3 -Dorrery.mishaps=17} no more than that.
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

    /** Empty for the whole of each history. */
    static Optional<Part> part() {
        String acts = System.getProperty("orrery.acts");
        String mishaps = System.getProperty("orrery.mishaps");
        return acts == null || mishaps == null
                ? Optional.empty()
                : Optional.of(new Part(numbers(acts), numbers(mishaps)));
    }

    /** The line that runs a part of one seed's history again. */
    static String replay(Class<?> test, long seed, Part part) {
        return "./mvnw -pl workbench -am test -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false -Dorrery.seed=%d%s"
                .formatted(
                        test.getSimpleName(),
                        seed,
                        part.mishaps() == null
                                ? ""
                                : " -Dorrery.acts=%s -Dorrery.mishaps=%s"
                                        .formatted(text(part.acts()), text(part.mishaps())));
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    private static String text(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
