package dev.orrery.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On request: {@code -Dfaults=quick}, {@code -Dfaults=all}, or one of them with {@code
 * -Dfaults=NAME}.
 */
@EnabledIfSystemProperty(named = "faults", matches = ".+")
class FaultIT {

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void nothingAcknowledgedIsLostAndItHeals(Fault fault) {
        Outcome outcome = fault.run();
        System.out.println(fault.id() + ": " + outcome);
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.acknowledged()).isPositive();
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.healed()).isLessThan(fault.bound());
    }

    static Stream<Fault> faults() {
        String wanted = System.getProperty("faults", "quick");
        return switch (wanted) {
            case "all" -> Stream.of(Fault.values());
            case "quick" -> Arrays.stream(Fault.values()).filter(Fault::isQuick);
            default -> Stream.of(wanted.split(",", -1)).map(Fault::named);
        };
    }
}
