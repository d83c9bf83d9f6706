package dev.orrery.scheduler.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Law: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 1000",
        "1500m, 2, 1500",
        "1m, 1, 1",
        "100u, 1, 1",
        "1n, 1, 1",
        "0.1, 1, 100",
        "1.5, 2, 1500",
        "2k, 2000, 2000000",
        "1Ki, 1024, 1024000",
        "1.5Gi, 1610612736, 1610612736000",
        "128Mi, 134217728, 134217728000",
        "1e3, 1000, 1000000",
        "12E2, 1200, 1200000",
        "1E, 1000000000000000000, 9223372036854775807",
        "4Ti, 4398046511104, 4398046511104000",
        "999999999Gi, 1073741822926258176, 9223372036854775807",
        "9Ei, 9223372036854775807, 9223372036854775807",
    })
    void readsWholeUnitsAndThousandthsRoundedUp(String text, long value, long milliValue) {
        Quantity quantity = new Quantity(text);

        assertThat(Quantities.value(quantity)).isEqualTo(value);
        assertThat(Quantities.milliValue(quantity)).isEqualTo(milliValue);
    }
}
