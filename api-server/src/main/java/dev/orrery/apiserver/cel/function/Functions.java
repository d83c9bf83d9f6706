package dev.orrery.apiserver.cel.function;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions with their types, as they are collected. Used by one thread, then only read. */
public final class Functions {

    private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /** What a function does; its arguments are of the classes that their types have. */
    @FunctionalInterface
    interface Body {
        Object apply(Object[] arguments);
    }

    /** {@code name(...)}. */
    void global(String name, String id, CelType result, Body body, CelType... parameters) {
        add(name, CelOverloadDecl.newGlobalOverload(id, result, parameters), body, parameters);
    }

    /** {@code first.name(...)}. */
    void member(String name, String id, CelType result, Body body, CelType... parameters) {
        add(name, CelOverloadDecl.newMemberOverload(id, result, parameters), body, parameters);
    }

    @SuppressWarnings("Immutable") // functions keep nothing
    private void add(String name, CelOverloadDecl overload, Body body, CelType... parameters) {
        overloads.computeIfAbsent(name, _ -> new ArrayList<>()).add(overload);
        List<Class<?>> classes = new ArrayList<>();
        Arrays.stream(parameters).forEach(type -> classes.add(ValueTypes.classOf(type)));
        bindings.add(CelFunctionBinding.from(overload.overloadId(), classes, body::apply));
    }

    public List<CelFunctionDecl> declarations() {
        return overloads.entrySet().stream()
                .map(entry ->
                        CelFunctionDecl.newFunctionDeclaration(entry.getKey(), entry.getValue()))
                .toList();
    }

    public List<CelFunctionBinding> bindings() {
        return List.copyOf(bindings);
    }
}
