package dev.orrery.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a failure needs is found among what it was found with. */
class ShrinkingTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void findsTheTwoThatItTakes() {
        List<Integer> needed =
                new Shrinking(500).shrink(HUNDRED, some -> some.containsAll(List.of(17, 83)));

        assertThat(needed).containsExactly(17, 83);
    }

    @Test
    void findsThatItTakesNothing() {
        assertThat(new Shrinking(500).shrink(HUNDRED, _ -> true)).isEmpty();
    }

    @Test
    void givesUpInTimeWithSomethingThatFails() {
        List<Integer> needed =
                new Shrinking(5).shrink(HUNDRED, some -> some.containsAll(List.of(17, 83)));

        assertThat(needed).contains(17, 83).hasSizeLessThanOrEqualTo(100);
    }
}
