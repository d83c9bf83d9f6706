package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** What a schema demands of texts and numbers, in the words of Kubernetes' validator. */
final class Scalars {

    private Scalars() {}

    static void text(String path, JsonNode value, Bounds bounds, Findings findings) {
        String text = value.textValue();
        long length = text.codePointCount(0, text.length());
        if (bounds.maxLength() != null && length > bounds.maxLength()) {
            findings.tooLong(path, bounds.maxLength());
        } else if (bounds.minLength() != null && length < bounds.minLength()) {
            findings.invalid(
                    path,
                    value,
                    path + " in body should be at least " + bounds.minLength() + " chars long");
        } else if (bounds.pattern() != null && !bounds.pattern().matcher(text).find()) {
            findings.invalid(
                    path, value, path + " in body should match '" + bounds.patternText() + "'");
        }
        if (!bounds.format().isEmpty() && !Formats.fits(text, bounds.format())) {
            findings.wrongType(
                    path,
                    text,
                    path + " in body must be of type " + bounds.format() + ": \"" + text + "\"");
        }
        findings.agree();
    }

    static void number(String path, JsonNode value, Bounds bounds, Findings findings) {
        BigDecimal number = value.decimalValue();
        if (bounds.multipleOf() != null && !isMultiple(number, bounds.multipleOf())) {
            findings.invalid(
                    path,
                    value,
                    path + " in body should be a multiple of " + shown(value, bounds.multipleOf()));
        }
        if (bounds.maximum() != null) {
            int compared = number.compareTo(BigDecimal.valueOf(bounds.maximum()));
            if (compared > 0 || (compared == 0 && bounds.exclusiveMaximum())) {
                findings.invalid(
                        path,
                        value,
                        path
                                + " in body should be less than "
                                + (bounds.exclusiveMaximum() ? "" : "or equal to ")
                                + shown(value, bounds.maximum()));
            }
        }
        if (bounds.minimum() != null) {
            int compared = number.compareTo(BigDecimal.valueOf(bounds.minimum()));
            if (compared < 0 || (compared == 0 && bounds.exclusiveMinimum())) {
                findings.invalid(
                        path,
                        value,
                        path
                                + " in body should be greater than "
                                + (bounds.exclusiveMinimum() ? "" : "or equal to ")
                                + shown(value, bounds.minimum()));
            }
        }
        findings.agree();
    }

    private static boolean isMultiple(BigDecimal number, double factor) {
        BigDecimal step = BigDecimal.valueOf(factor);
        return step.signum() > 0 && number.remainder(step).signum() == 0;
    }

    /** A bound as Go prints it, beside a whole number as a whole number. */
    private static String shown(JsonNode value, double bound) {
        return value.isIntegralNumber() || bound == Math.rint(bound)
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() || number.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    static void allowed(String path, JsonNode value, Bounds bounds, Findings findings) {
        if (bounds.allowed().isEmpty()) {
            return;
        }
        for (JsonNode one : bounds.allowed()) {
            if (isSame(value, one)) {
                return;
            }
        }
        findings.notSupported(path, value, bounds.allowed());
    }

    private static boolean isSame(JsonNode a, JsonNode b) {
        return a.equals(b)
                || (a.isNumber()
                        && b.isNumber()
                        && a.decimalValue().compareTo(b.decimalValue()) == 0);
    }
}
