package dev.orrery.apiserver.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables that expressions of one kind may use, and what they may make. For any thread. Make
 * one and keep it: the first compilation in each costs a millisecond more than the others.
 */
public final class Environment {

    private final Map<String, DeclaredType> variables;
    private final boolean patches;
    private volatile @Nullable Compiler compiler;

    private Environment(Map<String, DeclaredType> variables, boolean patches) {
        this.variables = variables;
        this.patches = patches;
    }

    public static Environment of(Map<String, DeclaredType> variables) {
        return new Environment(Map.copyOf(variables), false);
    }

    /** The same, whose expressions may make {@code Object{}} and {@code JSONPatch{}}. */
    public Environment makingPatches() {
        return new Environment(variables, true);
    }

    /** The same and one more. */
    public Environment with(String name, DeclaredType type) {
        Map<String, DeclaredType> more = new LinkedHashMap<>(variables);
        more.put(name, type);
        return new Environment(Map.copyOf(more), patches);
    }

    Map<String, DeclaredType> variables() {
        return variables;
    }

    boolean makesPatches() {
        return patches;
    }

    /** The expression of a text; one of the types must be exactly the one that it has. */
    public Compilation compile(String text, ResultType... expected) {
        return compiler().compile(text, List.of(expected));
    }

    private Compiler compiler() {
        Compiler known = compiler;
        if (known == null) {
            known = new Compiler(this);
            compiler = known;
        }
        return known;
    }

    /** JSON values under the types that their variables have; a null is the null of JSON. */
    public Bindings bind(Map<String, ? extends @Nullable JsonNode> values) {
        Map<String, Object> bound = new HashMap<>();
        values.forEach((name, value) ->
                bound.put(
                        name,
                        value == null
                                ? Json.NULL
                                : Json.wrap(
                                        value, variables.getOrDefault(name, DeclaredType.DYN))));
        return bound::get;
    }
}
