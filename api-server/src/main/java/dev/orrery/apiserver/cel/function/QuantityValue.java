package dev.orrery.apiserver.cel.function;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A quantity by its amount; how it was written does not matter to an expression. */
record QuantityValue(BigDecimal amount) implements Comparable<QuantityValue> {

    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([a-zA-Z]*|[eE][+-]?[0-9]+)");

    private static final String BAD_FORM =
            "quantities must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final Map<String, BigDecimal> FACTORS =
            Map.ofEntries(
                    power("n", 10, -9),
                    power("u", 10, -6),
                    power("m", 10, -3),
                    power("", 10, 0),
                    power("k", 10, 3),
                    power("M", 10, 6),
                    power("G", 10, 9),
                    power("T", 10, 12),
                    power("P", 10, 15),
                    power("E", 10, 18),
                    power("Ki", 1024, 1),
                    power("Mi", 1024, 2),
                    power("Gi", 1024, 3),
                    power("Ti", 1024, 4),
                    power("Pi", 1024, 5),
                    power("Ei", 1024, 6));

    private static Map.Entry<String, BigDecimal> power(String suffix, int base, int exponent) {
        BigDecimal factor =
                base == 10
                        ? BigDecimal.ONE.scaleByPowerOfTen(exponent)
                        : BigDecimal.valueOf(base).pow(exponent);
        return Map.entry(suffix, factor);
    }

    static QuantityValue of(String text) {
        QuantityValue value = parse(text);
        if (value == null) {
            throw new FunctionFailure(BAD_FORM);
        }
        return value;
    }

    /** Null where the text is none. */
    static @Nullable QuantityValue parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(form.group(1));
        String suffix = form.group(2);
        BigDecimal factor = FACTORS.get(suffix);
        if (factor != null) {
            return new QuantityValue(number.multiply(factor));
        }
        boolean exponent = suffix.matches("[eE][+-]?[0-9]{1,3}");
        return exponent
                ? new QuantityValue(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))))
                : null;
    }

    boolean isInteger() {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() <= 0 && amount.toBigInteger().bitLength() < Long.SIZE;
    }

    long asInteger() {
        if (!isInteger()) {
            throw new FunctionFailure("cannot convert value to integer");
        }
        return amount.longValueExact();
    }

    @Override
    public int compareTo(QuantityValue other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QuantityValue quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }
}
