package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.QUANTITY;

import java.math.BigDecimal;

/** {@code quantity('1Gi').isGreaterThan(quantity('500M'))}. */
final class QuantityFunctions {

    private QuantityFunctions() {}

    static void addTo(Functions to) {
        to.global(
                "quantity", "string_to_quantity", QUANTITY, a -> QuantityValue.of(text(a)), STRING);
        to.global(
                "isQuantity",
                "is_quantity_string",
                BOOL,
                a -> QuantityValue.parse(text(a)) != null,
                STRING);
        to.member("sign", "quantity_sign", INT, a -> (long) self(a).amount().signum(), QUANTITY);
        to.member("isInteger", "quantity_is_integer", BOOL, a -> self(a).isInteger(), QUANTITY);
        to.member("asInteger", "quantity_get_int", INT, a -> self(a).asInteger(), QUANTITY);
        to.member(
                "asApproximateFloat",
                "quantity_get_float",
                DOUBLE,
                a -> self(a).amount().doubleValue(),
                QUANTITY);
        addComparisons(to);
        addSums(to);
    }

    private static void addComparisons(Functions to) {
        to.member(
                "isGreaterThan",
                "quantity_is_greater_than",
                BOOL,
                a -> compare(a) > 0,
                QUANTITY,
                QUANTITY);
        to.member(
                "isLessThan",
                "quantity_is_less_than",
                BOOL,
                a -> compare(a) < 0,
                QUANTITY,
                QUANTITY);
        to.member("compareTo", "quantity_compare_to", INT, a -> compare(a), QUANTITY, QUANTITY);
    }

    private static void addSums(Functions to) {
        to.member("add", "quantity_add", QUANTITY, a -> plus(a, other(a)), QUANTITY, QUANTITY);
        to.member("add", "quantity_add_int", QUANTITY, a -> plus(a, whole(a)), QUANTITY, INT);
        to.member(
                "sub",
                "quantity_sub",
                QUANTITY,
                a -> plus(a, other(a).negate()),
                QUANTITY,
                QUANTITY);
        to.member(
                "sub",
                "quantity_sub_int",
                QUANTITY,
                a -> plus(a, whole(a).negate()),
                QUANTITY,
                INT);
    }

    private static String text(Object[] arguments) {
        return (String) arguments[0];
    }

    private static QuantityValue self(Object[] arguments) {
        return (QuantityValue) arguments[0];
    }

    private static BigDecimal other(Object[] arguments) {
        return ((QuantityValue) arguments[1]).amount();
    }

    private static BigDecimal whole(Object[] arguments) {
        return BigDecimal.valueOf((Long) arguments[1]);
    }

    private static long compare(Object[] arguments) {
        return self(arguments).compareTo((QuantityValue) arguments[1]);
    }

    private static QuantityValue plus(Object[] arguments, BigDecimal more) {
        return new QuantityValue(self(arguments).amount().add(more));
    }
}
