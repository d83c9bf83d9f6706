package dev.orrery.controllermanager.label;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selectors as queries and scales have them: {@code app=web,tier in (front,back),!old}. */
public final class SelectorText {

    /** A comma that no bracket holds together. */
    private static final Pattern BETWEEN_TERMS = Pattern.compile(",(?![^(]*\\))");

    private static final Pattern SET =
            Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");

    private SelectorText() {}

    /** A text of the server's own making. */
    public static Selector parse(String text) {
        List<LabelSelectorRequirement> requirements = new ArrayList<>();
        for (String term : BETWEEN_TERMS.split(text)) {
            if (!term.isBlank()) {
                requirements.add(requirement(term.strip()));
            }
        }
        return Selector.of(new LabelSelector(requirements, Map.of()));
    }

    private static LabelSelectorRequirement requirement(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            List<String> values =
                    Arrays.stream(set.group(3).split(",")).map(String::strip).toList();
            return requirement(set.group(1), set.group(2).equals("in") ? "In" : "NotIn", values);
        }
        if (term.startsWith("!")) {
            return requirement(term.substring(1), "DoesNotExist", List.of());
        }
        int equal = term.indexOf('=');
        return equal < 0
                ? requirement(term, "Exists", List.of())
                : requirement(term.substring(0, equal), "In", List.of(term.substring(equal + 1)));
    }

    private static LabelSelectorRequirement requirement(
            String key, String operator, List<String> values) {
        return new LabelSelectorRequirementBuilder()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .build();
    }
}
