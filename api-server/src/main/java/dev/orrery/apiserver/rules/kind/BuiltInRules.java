package dev.orrery.apiserver.rules.kind;

import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.pod.PodRules;
import dev.orrery.machinery.log.GroupResource;
import java.util.Map;

/** Which rules a built-in kind has, by where it is stored. */
public final class BuiltInRules {

    private static final Map<String, Rules> RULES =
            Map.ofEntries(Map.entry("/pods", new PodRules()));

    private BuiltInRules() {}

    /** {@link Rules#NONE} for a kind that has no rules of its own. */
    public static Rules of(GroupResource storage) {
        return RULES.getOrDefault(storage.group() + "/" + storage.resource(), Rules.NONE);
    }
}
