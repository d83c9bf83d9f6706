package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;

/** Numbers that may be a share of something: {@code 3} or {@code 25%}. */
public final class IntOrPercent {

    private static final String PERCENT =
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', "
                    + " or '93%', regex used for validation is '[0-9]+%')";
    private static final int ALL = 100;

    private IntOrPercent() {}

    /** Reports what is neither a number from zero on nor a percentage. */
    public static void validate(Field value) {
        if (value.value().isTextual()) {
            if (!isPercent(value.text())) {
                value.invalid(PERCENT);
            }
        } else {
            value.notNegative();
        }
    }

    public static void validateAtMostAll(Field value) {
        if (isPercent(value.text()) && number(value.value()) > ALL) {
            value.invalid("must not be greater than 100%");
        }
    }

    /** The number in it, whether a percentage or not; zero if there is none. */
    public static int number(JsonNode value) {
        String text = value.asText("");
        String digits = isPercent(text) ? text.substring(0, text.length() - 1) : text;
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isPercent(String text) {
        int digits = text.length() - 1;
        return digits > 0
                && text.charAt(digits) == '%'
                && text.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9');
    }
}
