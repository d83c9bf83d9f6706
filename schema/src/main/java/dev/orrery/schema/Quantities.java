package dev.orrery.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/** Reads quantities as Kubernetes does and writes them in its canonical form: 1000m is 1. */
final class Quantities {

    static final String WRONG_FORMAT =
            "quantities must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final String WRONG_SUFFIX = "unable to parse quantity's suffix";
    private static final String WRONG_NUMBER = "unable to parse numeric part of quantity";

    private static final List<String> DECIMAL =
            Arrays.asList("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int DECIMAL_ONE = DECIMAL.indexOf("");
    private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int NANO_SCALE = 9;

    /** Arithmetic on more digits takes long, and nobody means it. */
    private static final int MAX_LENGTH = 1000;

    private Quantities() {}

    private enum Format {
        DECIMAL_SI,
        DECIMAL_EXPONENT,
        BINARY_SI
    }

    /**
     * @throws IllegalArgumentException with Kubernetes' message
     */
    static String canonical(String given) {
        String text = given.strip();
        return isCanonical(text) ? text : read(text);
    }

    /** Nearly all quantities: a few digits and one well-known suffix. */
    private static boolean isCanonical(String text) {
        int digits = 0;
        while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
            digits++;
        }
        if (digits == 0 || digits > 9 || text.charAt(0) == '0') {
            return false;
        }
        int value = Integer.parseInt(text, 0, digits, 10);
        return switch (text.substring(digits)) {
            case "", "m", "k", "M", "G" -> value % 1000 != 0;
            case "Ki", "Mi", "Gi" -> value % 1024 != 0;
            default -> false;
        };
    }

    private static String read(String text) {
        int suffixAt = numberEnd(text);
        String suffix = text.substring(suffixAt);
        if (text.isEmpty()
                || text.length() > MAX_LENGTH
                || !suffix.matches("[eEinumkKMGTP]*[-+]?[0-9]*")) {
            throw new IllegalArgumentException(WRONG_FORMAT);
        }
        int binary = BINARY.indexOf(suffix);
        if (binary >= 0) {
            BigDecimal factor = new BigDecimal(KIBI.pow(binary + 1));
            return write(number(text.substring(0, suffixAt)).multiply(factor), Format.BINARY_SI);
        }
        int decimal = DECIMAL.indexOf(suffix);
        int power = decimal >= 0 ? (decimal - DECIMAL_ONE) * 3 : exponent(suffix);
        return write(
                number(text.substring(0, suffixAt)).scaleByPowerOfTen(power),
                decimal >= 0 ? Format.DECIMAL_SI : Format.DECIMAL_EXPONENT);
    }

    private static int numberEnd(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        at = skipDigits(text, at);
        return at < text.length() && text.charAt(at) == '.' ? skipDigits(text, at + 1) : at;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(WRONG_NUMBER, e);
        }
    }

    private static int exponent(String suffix) {
        try {
            if (suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')) {
                int exponent = Integer.parseInt(suffix.substring(1));
                if (Math.abs(exponent) <= 1000) {
                    return exponent;
                }
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(WRONG_SUFFIX, e);
        }
        throw new IllegalArgumentException(WRONG_SUFFIX);
    }

    private static String write(BigDecimal exact, Format format) {
        BigDecimal value = exact.setScale(NANO_SCALE, RoundingMode.UP).stripTrailingZeros();
        if (value.signum() == 0) {
            return "0";
        }
        if (format == Format.BINARY_SI) {
            value = value.min(MAX).max(MAX.negate());
            boolean whole = value.scale() <= 0;
            if (whole && value.abs().compareTo(new BigDecimal(KIBI)) >= 0) {
                return binary(value.toBigIntegerExact());
            }
        }
        return decimal(value, format);
    }

    private static String binary(BigInteger value) {
        BigInteger mantissa = value;
        int power = 0;
        while (power < BINARY.size() && mantissa.mod(KIBI).signum() == 0) {
            mantissa = mantissa.divide(KIBI);
            power++;
        }
        return mantissa + (power == 0 ? "" : BINARY.get(power - 1));
    }

    private static String decimal(BigDecimal value, Format format) {
        int thousands = Math.floorDiv(-value.scale(), 3);
        BigInteger mantissa = value.scaleByPowerOfTen(-3 * thousands).toBigIntegerExact();
        while (mantissa.mod(THOUSAND).signum() == 0) {
            mantissa = mantissa.divide(THOUSAND);
            thousands++;
        }
        int suffix = DECIMAL_ONE + thousands;
        if (format == Format.DECIMAL_EXPONENT || suffix >= DECIMAL.size()) {
            return mantissa + (thousands == 0 ? "" : "e" + 3 * thousands);
        }
        return mantissa + DECIMAL.get(suffix);
    }
}
