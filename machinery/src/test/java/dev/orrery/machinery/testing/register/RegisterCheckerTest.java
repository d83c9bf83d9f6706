package dev.orrery.machinery.testing.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.machinery.testing.register.Operation.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", 1990. */
class RegisterCheckerTest {

    @Test
    void acceptsOperationsThatOverlap() {
        assertThat(
                        RegisterChecker.violation(
                                List.of(
                                        wrote("p", 1, 10, "", "one"),
                                        read("q", 2, 3, ""),
                                        read("q", 4, 5, "one"),
                                        refused("r", 2, 6, "", "two"))))
                .isEmpty();
    }

    @Test
    void acceptsWriteWithoutAnswerThatHappenedLater() {
        assertThat(
                        RegisterChecker.violation(
                                List.of(
                                        unknown("p", 1, "", "one"),
                                        read("q", 2, 3, ""),
                                        read("q", 4, 5, "one"))))
                .isEmpty();
    }

    @Test
    void acceptsWriteWithoutAnswerThatNeverHappened() {
        assertThat(
                        RegisterChecker.violation(
                                List.of(unknown("p", 1, "", "one"), read("q", 4, 5, ""))))
                .isEmpty();
    }

    @Test
    void findsReadOfOldValueAndPrintsIt() {
        assertThat(
                        RegisterChecker.violation(
                                List.of(
                                        wrote("p", 1, 2, "", "one"),
                                        wrote("p", 3, 4, "one", "two"),
                                        read("q", 5, 6, "one"))))
                .hasValueSatisfying(story ->
                        assertThat(story)
                                .contains("p r [3, 4] Wrote[expected=one, value=two]")
                                .contains("the register holds \"two\"")
                                .contains("q r [5, 6] Read[value=one]"));
    }

    @Test
    void findsTwoWinnersOfOneConflict() {
        assertThat(
                        RegisterChecker.violation(
                                List.of(wrote("p", 1, 4, "", "one"), wrote("q", 2, 3, "", "two"))))
                .isPresent();
    }

    @Test
    void findsValuesGoingBack() {
        assertThat(
                        RegisterChecker.violation(
                                List.of(
                                        wrote("p", 1, 9, "", "one"),
                                        read("q", 2, 3, "one"),
                                        read("q", 4, 5, ""))))
                .isPresent();
    }

    @Test
    void findsLostWriteAndRefusalWithoutReason() {
        assertThat(
                        RegisterChecker.violation(
                                List.of(wrote("p", 1, 2, "", "one"), read("q", 3, 4, ""))))
                .isPresent();
        assertThat(RegisterChecker.violation(List.of(refused("p", 1, 2, "", "one")))).isPresent();
    }

    private static Operation read(String client, long from, long to, String value) {
        return new Operation(client, "r", new Step.Read(value), from, to);
    }

    private static Operation wrote(
            String client, long from, long to, String expected, String value) {
        return new Operation(client, "r", new Step.Wrote(expected, value), from, to);
    }

    private static Operation refused(
            String client, long from, long to, String expected, String value) {
        return new Operation(client, "r", new Step.Refused(expected, value), from, to);
    }

    private static Operation unknown(String client, long from, String expected, String value) {
        return new Operation(client, "r", new Step.Unknown(expected, value), from, Operation.NEVER);
    }
}
