package dev.orrery.machinery.selector;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition on a set of labels. */
public record Requirement(String key, Operator operator, Set<String> values) {

    /** How the label is compared. A label that is absent passes NotIn and DoesNotExist alone. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GT,
        LT;

        static Operator parse(String text) {
            return switch (text) {
                case "In" -> IN;
                case "NotIn" -> NOT_IN;
                case "Exists" -> EXISTS;
                case "DoesNotExist" -> DOES_NOT_EXIST;
                case "Gt" -> GT;
                case "Lt" -> LT;
                default -> throw new IllegalArgumentException("not an operator: " + text);
            };
        }
    }

    public Requirement {
        values = Set.copyOf(values);
    }

    public boolean matches(Map<String, String> labels) {
        return matchesValue(labels.get(key));
    }

    boolean matchesValue(@Nullable String value) {
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GT -> value != null && compared(value) > 0;
            case LT -> value != null && compared(value) < 0;
        };
    }

    /** The sign of the label's number less the bound's; 0 where either is no whole number. */
    private int compared(String value) {
        if (values.size() != 1) {
            return 0;
        }
        try {
            return Long.compare(Long.parseLong(value), Long.parseLong(values.iterator().next()));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
