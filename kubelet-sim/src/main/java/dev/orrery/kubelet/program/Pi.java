package dev.orrery.kubelet.program;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** The number that the Job of Kubernetes' documentation computes. */
final class Pi {

    private static final int GUARD_DIGITS = 10;

    private Pi() {}

    /**
     * That many digits, rounded, by Machin's formula: pi = 16 arctan(1/5) - 4 arctan(1/239); so 5
     * digits are 3.1416.
     */
    static String digits(int count) {
        BigInteger unit = BigInteger.TEN.pow(count + GUARD_DIGITS);
        BigInteger pi =
                arctanOfInverse(5, unit)
                        .multiply(BigInteger.valueOf(16))
                        .subtract(arctanOfInverse(239, unit).multiply(BigInteger.valueOf(4)));
        return new BigDecimal(pi, count + GUARD_DIGITS)
                .round(new MathContext(Math.max(1, count), RoundingMode.HALF_UP))
                .toPlainString();
    }

    private static BigInteger arctanOfInverse(int x, BigInteger unit) {
        BigInteger square = BigInteger.valueOf((long) x * x);
        BigInteger term = unit.divide(BigInteger.valueOf(x));
        BigInteger sum = term;
        for (int n = 3; term.signum() != 0; n += 2) {
            term = term.divide(square).negate();
            sum = sum.add(term.divide(BigInteger.valueOf(n)));
        }
        return sum;
    }
}
