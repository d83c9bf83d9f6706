package dev.orrery.scheduler.resource;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Reads Kubernetes quantities exactly, rounded up to whole units or thousandths and held at the
 * largest long, as Kubernetes' own {@code Value} and {@code MilliValue} do: {@code 1500m} is 2
 * units or 1500 thousandths, {@code 1Ki} is 1024 units.
 */
public final class Quantities {

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int FAST_DIGITS = 9;
    private static final int MILLI = 3;

    private Quantities() {}

    /** Whole units: bytes, or a count. */
    public static long value(Quantity quantity) {
        return read(quantity, 0);
    }

    /** Thousandths: CPU. */
    public static long milliValue(Quantity quantity) {
        return read(quantity, MILLI);
    }

    private static long read(Quantity quantity, int decimals) {
        String amount = quantity.getAmount();
        String suffix = quantity.getFormat() == null ? "" : quantity.getFormat();
        long small = smallNumber(amount);
        if (small >= 0) {
            long factor = smallFactor(suffix, decimals);
            if (factor > 0) {
                return small * factor;
            }
            if (suffix.equals("m")) {
                return decimals == MILLI ? small : Math.ceilDiv(small, 1000L);
            }
        }
        return exact(new BigDecimal(amount), suffix, decimals);
    }

    /** The number if it is up to nine plain digits; else -1. */
    private static long smallNumber(String amount) {
        if (amount.isEmpty() || amount.length() > FAST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < amount.length(); i++) {
            int digit = amount.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Such that nine digits times it stay below the largest long; 0 where there is none. */
    private static long smallFactor(String suffix, int decimals) {
        long factor =
                switch (suffix) {
                    case "" -> 1;
                    case "k" -> 1000;
                    case "Ki" -> 1 << 10;
                    case "M" -> 1_000_000;
                    case "Mi" -> 1 << 20;
                    default -> 0;
                };
        if (decimals == MILLI) {
            return factor * 1000;
        }
        return switch (suffix) {
            case "G" -> 1_000_000_000;
            case "Gi" -> 1 << 30;
            default -> factor;
        };
    }

    private static long exact(BigDecimal amount, String suffix, int decimals) {
        BigDecimal scaled = scale(amount, suffix).scaleByPowerOfTen(decimals);
        BigDecimal whole = scaled.setScale(0, RoundingMode.CEILING);
        return whole.compareTo(LARGEST) > 0 ? Long.MAX_VALUE : whole.longValue();
    }

    private static BigDecimal scale(BigDecimal amount, String suffix) {
        return switch (suffix) {
            case "" -> amount;
            case "n" -> amount.scaleByPowerOfTen(-9);
            case "u" -> amount.scaleByPowerOfTen(-6);
            case "m" -> amount.scaleByPowerOfTen(-3);
            case "k" -> amount.scaleByPowerOfTen(3);
            case "M" -> amount.scaleByPowerOfTen(6);
            case "G" -> amount.scaleByPowerOfTen(9);
            case "T" -> amount.scaleByPowerOfTen(12);
            case "P" -> amount.scaleByPowerOfTen(15);
            case "E" -> amount.scaleByPowerOfTen(18);
            case "Ki" -> amount.multiply(BigDecimal.valueOf(1L << 10));
            case "Mi" -> amount.multiply(BigDecimal.valueOf(1L << 20));
            case "Gi" -> amount.multiply(BigDecimal.valueOf(1L << 30));
            case "Ti" -> amount.multiply(BigDecimal.valueOf(1L << 40));
            case "Pi" -> amount.multiply(BigDecimal.valueOf(1L << 50));
            case "Ei" -> amount.multiply(BigDecimal.valueOf(1L << 60));
            default -> amount.scaleByPowerOfTen(exponent(suffix));
        };
    }

    private static int exponent(String suffix) {
        if (suffix.charAt(0) != 'e' && suffix.charAt(0) != 'E') {
            throw new NumberFormatException("not the suffix of a quantity: " + suffix);
        }
        return Integer.parseInt(suffix, 1, suffix.length(), 10);
    }
}
