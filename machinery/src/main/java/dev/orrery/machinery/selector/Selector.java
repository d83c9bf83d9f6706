package dev.orrery.machinery.selector;

import dev.orrery.machinery.selector.Requirement.Operator;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A label selector: all of its requirements must hold. No selector selects nothing; an empty one
 * selects everything. Equal selectors are equal values, so that counts can be kept by selector.
 */
public record Selector(boolean selectsAny, List<Requirement> requirements) {

    public static final Selector NOTHING = new Selector(false, List.of());
    public static final Selector EVERYTHING = new Selector(true, List.of());

    public Selector {
        requirements = List.copyOf(requirements);
    }

    public static Selector of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return NOTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        if (selector.getMatchLabels() != null) {
            selector.getMatchLabels().forEach((key, value) -> requirements.add(equal(key, value)));
        }
        for (LabelSelectorRequirement expression : selector.getMatchExpressions()) {
            requirements.add(
                    new Requirement(
                            expression.getKey(),
                            Operator.parse(expression.getOperator()),
                            Set.copyOf(expression.getValues())));
        }
        return new Selector(true, requirements);
    }

    /** The labels that a Service or a ReplicationController selects by. */
    public static Selector ofLabels(Map<String, String> labels) {
        List<Requirement> requirements = new ArrayList<>();
        labels.forEach((key, value) -> requirements.add(equal(key, value)));
        return new Selector(true, requirements);
    }

    /** As {@code matchLabelKeys}: the selected must have the same value as the given labels. */
    public Selector withSame(List<String> keys, Map<String, String> labels) {
        return with(keys, labels, Operator.IN);
    }

    /** As {@code mismatchLabelKeys}: the selected must not have the given labels' value. */
    public Selector withDifferent(List<String> keys, Map<String, String> labels) {
        return with(keys, labels, Operator.NOT_IN);
    }

    /** Both this and the other must select. */
    public Selector and(Selector other) {
        if (!selectsAny || !other.selectsAny) {
            return NOTHING;
        }
        List<Requirement> all = new ArrayList<>(requirements);
        all.addAll(other.requirements);
        return new Selector(true, all);
    }

    public boolean matches(Map<String, String> labels) {
        for (int i = 0; i < requirements.size(); i++) {
            if (!requirements.get(i).matches(labels)) {
                return false;
            }
        }
        return selectsAny;
    }

    private Selector with(List<String> keys, Map<String, String> labels, Operator operator) {
        List<Requirement> all = new ArrayList<>(requirements);
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null) {
                all.add(new Requirement(key, operator, Set.of(value)));
            }
        }
        return new Selector(selectsAny, all);
    }

    private static Requirement equal(String key, String value) {
        return new Requirement(key, Operator.IN, Set.of(value));
    }
}
