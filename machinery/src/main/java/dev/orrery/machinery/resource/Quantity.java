package dev.orrery.machinery.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes quantity: {@code 100m}, {@code 1.5Gi}, {@code 1e3}.
 *
 * <p>Printed in the canonical form: no fraction, the largest suffix that allows it, the family of
 * the suffix kept. {@code 0.5} is {@code 500m}; {@code 1024Mi} is {@code 1Gi}; {@code 1.5Gi} is
 * {@code 1536Mi}; {@code 1000m} is {@code 1}.
 */
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {

    /** The family of suffixes. */
    public enum Format {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL);
    private static final String[] DECIMAL_SUFFIXES = {
        "n", "u", "m", "", "k", "M", "G", "T", "P", "E"
    };
    private static final String[] BINARY_SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final int SMALLEST_DECIMAL = -9;
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    /** Null where the text is not a quantity. */
    public static @Nullable Quantity parse(String text) {
        int end = endOfNumber(text);
        if (end == 0) {
            return null;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text.substring(0, end));
        } catch (NumberFormatException e) {
            return null;
        }
        return withSuffix(number, text.substring(end));
    }

    /** As {@link #parse}, from JSON, where plain numbers are quantities too; zero if it is none. */
    public static Quantity of(JsonNode value) {
        Quantity quantity = parse(value.asText());
        return quantity == null ? ZERO : quantity;
    }

    private static int endOfNumber(String text) {
        int i = 0;
        if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
            i++;
        }
        int digits = 0;
        while (i < text.length() && (Character.isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
            digits += text.charAt(i) == '.' ? 0 : 1;
            i++;
        }
        return digits == 0 ? 0 : i;
    }

    private static @Nullable Quantity withSuffix(BigDecimal number, String suffix) {
        for (int i = 0; i < DECIMAL_SUFFIXES.length; i++) {
            if (suffix.equals(DECIMAL_SUFFIXES[i])) {
                int power = SMALLEST_DECIMAL + 3 * i;
                return new Quantity(number.scaleByPowerOfTen(power), Format.DECIMAL);
            }
        }
        for (int i = 1; i < BINARY_SUFFIXES.length; i++) {
            if (suffix.equals(BINARY_SUFFIXES[i])) {
                return new Quantity(number.multiply(KIBI.pow(i)), Format.BINARY);
            }
        }
        return withExponent(number, suffix);
    }

    private static @Nullable Quantity withExponent(BigDecimal number, String suffix) {
        if (suffix.length() < 2 || (suffix.charAt(0) != 'e' && suffix.charAt(0) != 'E')) {
            return null;
        }
        try {
            int power = Integer.parseInt(suffix.substring(1));
            return new Quantity(number.scaleByPowerOfTen(power), Format.EXPONENT);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), amount.signum() == 0 ? other.format : format);
    }

    public Quantity minus(Quantity other) {
        return plus(new Quantity(other.amount.negate(), other.format));
    }

    public int signum() {
        return amount.signum();
    }

    public boolean isWhole() {
        return amount.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        if (amount.signum() == 0) {
            return "0";
        }
        boolean binary = format == Format.BINARY && isWhole() && amount.abs().compareTo(KIBI) >= 0;
        return binary ? binaryText() : decimalText();
    }

    private String binaryText() {
        BigInteger number = amount.toBigIntegerExact();
        BigInteger kibi = KIBI.toBigInteger();
        int suffix = 0;
        while (suffix < BINARY_SUFFIXES.length - 1 && number.mod(kibi).signum() == 0) {
            number = number.divide(kibi);
            suffix++;
        }
        return number + BINARY_SUFFIXES[suffix];
    }

    private String decimalText() {
        BigDecimal number = amount.setScale(-SMALLEST_DECIMAL, RoundingMode.UP);
        BigInteger nanos = number.unscaledValue();
        BigInteger thousand = BigInteger.valueOf(1000);
        int step = 0;
        while (step < DECIMAL_SUFFIXES.length - 1 && nanos.mod(thousand).signum() == 0) {
            nanos = nanos.divide(thousand);
            step++;
        }
        int power = SMALLEST_DECIMAL + 3 * step;
        if (format == Format.EXPONENT) {
            return power == 0 ? nanos.toString() : nanos + "e" + power;
        }
        return nanos + DECIMAL_SUFFIXES[step];
    }
}
