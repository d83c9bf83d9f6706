package dev.orrery.machinery.resource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0.5, 500m",
        "1000m, 1",
        "1.5Gi, 1536Mi",
        "1024Mi, 1Gi",
        "100M, 100M",
        "1000M, 1G",
        "1e3, 1e3",
        "12e6, 12e6",
        "0, 0",
        "-1, -1",
        "1500m, 1500m",
        "0.1Mi, 104857600m",
        "1Ki, 1Ki",
        "128974848, 128974848"
    })
    void printsTheCanonicalForm(String given, String expected) {
        assertThat(requireNonNull(Quantity.parse(given))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1x", "1 Gi", "--1", "1ee3", "Mi", "."})
    void refusesWhatIsNone(String given) {
        assertThat(Quantity.parse(given)).isNull();
    }

    @Test
    void comparesAmountsAndNotTexts() {
        assertThat(Quantity.parse("1Gi")).isEqualTo(Quantity.parse("1024Mi"));
        assertThat(requireNonNull(Quantity.parse("1G")))
                .isLessThan(requireNonNull(Quantity.parse("1Gi")));
    }
}
