package dev.orrery.apiserver.rules.kind;

import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.pod.PodRules;
import java.util.Map;

/** Finds a kind's rules by API group and kind; the same for every version of the kind. */
public final class KindRules {

    private static final Map<String, Rules> RULES =
            Map.ofEntries(Map.entry("/Pod", new PodRules()));

    private KindRules() {}

    /** {@link Rules#NONE} for a kind that has no rules of its own. */
    public static Rules of(String group, String kind) {
        return RULES.getOrDefault(group + "/" + kind, Rules.NONE);
    }
}
