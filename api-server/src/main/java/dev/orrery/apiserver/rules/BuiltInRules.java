package dev.orrery.apiserver.rules;

import dev.orrery.machinery.log.GroupResource;
import java.util.Map;

/** Which rules a built-in kind has, by where it is stored. */
public final class BuiltInRules {

    private static final Map<GroupResource, Rules> ALL = Map.of();

    private BuiltInRules() {}

    public static Rules of(GroupResource storage) {
        return ALL.getOrDefault(storage, Rules.NONE);
    }
}
