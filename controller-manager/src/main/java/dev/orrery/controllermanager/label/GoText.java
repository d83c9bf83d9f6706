package dev.orrery.controllermanager.label;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selectors as Kubernetes' messages show them: as Go prints its values. */
public final class GoText {

    private GoText() {}

    public static String of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return "nil";
        }
        Map<String, String> labels =
                selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
        return "&LabelSelector{MatchLabels:map[string]string{"
                + new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> label.getKey() + ": " + label.getValue() + ",")
                                .collect(Collectors.joining())
                + "},MatchExpressions:[]LabelSelectorRequirement{"
                + selector.getMatchExpressions().stream()
                        .map(GoText::of)
                        .collect(Collectors.joining())
                + "},}";
    }

    private static String of(LabelSelectorRequirement requirement) {
        return "{%s %s [%s]},"
                .formatted(
                        requirement.getKey(),
                        requirement.getOperator(),
                        String.join(" ", requirement.getValues()));
    }
}
