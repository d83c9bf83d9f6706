package dev.orrery.controllermanager.quantity;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Quantities in thousandths, as autoscaling counts: {@code 250m} is 250, {@code 1Ki} 1,024,000. */
public final class Amounts {

    private static final String[] SUFFIXES = {"m", "", "k", "M", "G", "T", "P", "E"};
    private static final int THOUSAND = 1000;

    private Amounts() {}

    public static long thousandths(Quantity quantity) {
        return quantity.getNumericalAmount()
                .multiply(BigDecimal.valueOf(THOUSAND))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** In the shortest decimal form: 2,000 is {@code 2}, 1,500 is {@code 1500m}. */
    public static Quantity ofThousandths(long value) {
        int suffix = 0;
        long rest = value;
        while (rest != 0 && rest % THOUSAND == 0 && suffix < SUFFIXES.length - 1) {
            rest /= THOUSAND;
            suffix++;
        }
        return Quantity.parse(rest + (rest == 0 ? "" : SUFFIXES[suffix]));
    }
}
