package dev.orrery.controllermanager.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "250m, 250, 250m",
        "1500m, 1500, 1500m",
        "2, 2000, 2",
        "12582912, 12582912000, 12582912",
        "12M, 12000000000, 12M",
        "1Ki, 1024000, 1024",
        "1500000n, 2, 2m",
    })
    void countsInThousandths(String text, long thousandths, String canonical) {
        assertThat(Amounts.thousandths(Quantity.parse(text))).isEqualTo(thousandths);
        assertThat(Amounts.ofThousandths(thousandths).toString()).isEqualTo(canonical);
    }
}
