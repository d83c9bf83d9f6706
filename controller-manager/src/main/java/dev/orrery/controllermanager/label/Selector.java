package dev.orrery.controllermanager.label;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A label selector. No selector at all selects nothing; one without requirements selects
 * everything.
 */
public record Selector(@Nullable LabelSelector source) {

    public static final Selector EVERYTHING = new Selector(new LabelSelector());

    public static Selector of(@Nullable LabelSelector source) {
        return new Selector(source);
    }

    /** The selector of kinds that know only equality: Services and ReplicationControllers. */
    public static Selector of(Map<String, String> labels) {
        return new Selector(new LabelSelector(List.of(), labels));
    }

    public boolean selectsEverything() {
        return source != null && equalities().isEmpty() && requirements().isEmpty();
    }

    public boolean matches(HasMetadata object) {
        return matches(object.getMetadata().getLabels());
    }

    public boolean matches(@Nullable Map<String, String> labels) {
        Map<String, String> given = labels == null ? Map.of() : labels;
        return source != null
                && equalities().entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(given.get(wanted.getKey())))
                && requirements().stream().allMatch(requirement -> holds(requirement, given));
    }

    private static boolean holds(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    private Map<String, String> equalities() {
        return source == null || source.getMatchLabels() == null
                ? Map.of()
                : source.getMatchLabels();
    }

    private List<LabelSelectorRequirement> requirements() {
        return source == null || source.getMatchExpressions() == null
                ? List.of()
                : source.getMatchExpressions();
    }
}
