package dev.orrery.apiserver.selector;

import dev.orrery.apiserver.selector.LabelSelector.Requirement.Operator;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What labels must be like, as {@code kubectl get -l} writes it. Empty selects everything. */
public record LabelSelector(List<Requirement> requirements) {

    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels.get(requirement.key()))) {
                return false;
            }
        }
        return true;
    }

    /** What one label must be like. */
    public record Requirement(String key, Operator operator, Set<String> values) {

        /** How a label is held against the values. */
        public enum Operator {
            EXISTS,
            NOT_EXISTS,
            IN,
            NOT_IN,
            GREATER,
            LESS
        }

        public Requirement {
            values = Set.copyOf(values);
        }

        boolean matches(@Nullable String value) {
            return switch (operator) {
                case EXISTS -> value != null;
                case NOT_EXISTS -> value == null;
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case GREATER -> value != null && compare(value) > 0;
                case LESS -> value != null && compare(value) < 0;
            };
        }

        /** 0 where the label is no number, which fulfils neither. */
        private int compare(String value) {
            try {
                return new BigInteger(value).compareTo(new BigInteger(values.iterator().next()));
            } catch (NumberFormatException _) {
                return 0;
            }
        }
    }

    /**
     * @throws dev.orrery.apiserver.status.StatusException where the text is no selector
     */
    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelector(new LabelParser(text).parse());
    }

    static Requirement requirement(String key, Operator operator, Set<String> values) {
        return new Requirement(key, operator, values);
    }
}
