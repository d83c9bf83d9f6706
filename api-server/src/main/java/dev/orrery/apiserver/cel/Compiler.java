package dev.orrery.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelEvaluationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns texts into expressions of one environment. Those compiled last are kept: the same text is
 * compiled to be checked when it is written, and again by each server that reads it.
 */
final class Compiler {

    /** More than one environment has expressions in use; some tens of KiB each. */
    private static final int MAX_KEPT = 200;

    private final Environment environment;
    private final StructTypes types = new StructTypes();
    private final CelCompiler checker;
    private final Map<Key, Compilation> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Compilation> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    private record Key(String text, List<ResultType> expected) {}

    Compiler(Environment environment) {
        this.environment = environment;
        CelCompilerBuilder builder = Language.compiler().toCompilerBuilder().setTypeProvider(types);
        environment.variables().forEach((name, type) -> builder.addVar(name, types.of(type)));
        this.checker = builder.build();
    }

    Compilation compile(String text, List<ResultType> expected) {
        Key key = new Key(text, expected);
        synchronized (kept) {
            Compilation known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Compilation made = make(text, expected);
        synchronized (kept) {
            kept.put(key, made);
        }
        return made;
    }

    private Compilation make(String text, List<ResultType> expected) {
        CelAbstractSyntaxTree tree;
        try {
            CelCompiler compiler = checkerFor(text);
            tree = compiler.compile(text).getAst();
            tree = Language.validator(compiler).validate(tree).getAst();
        } catch (CelValidationException e) {
            return new Compilation.Failed("compilation failed: " + CompileFaults.text(e));
        }
        CelType type = tree.getResultType();
        if (expected.stream().noneMatch(some -> is(type, some))) {
            return new Compilation.Failed(mismatch(type, expected));
        }
        try {
            return new Compilation.Done(
                    new Expression(
                            text,
                            CompileFaults.name(type),
                            StructTypes.declared(type),
                            Language.runtime(environment.makesPatches()).createProgram(tree)));
        } catch (CelEvaluationException e) {
            return new Compilation.Failed("program instantiation failed: " + e.getMessage());
        }
    }

    /** The fields of what it makes are as many as there are words in the text. */
    private CelCompiler checkerFor(String text) {
        if (!environment.makesPatches()) {
            return checker;
        }
        CelTypeProvider made = new PatchTypes(text, types);
        return checker.toCompilerBuilder().setTypeProvider(made).build();
    }

    private static boolean is(CelType type, ResultType expected) {
        return switch (expected) {
            case ANY -> true;
            case BOOL -> type.kind() == CelKind.BOOL;
            case INT -> type.kind() == CelKind.INT;
            case STRING -> type.kind() == CelKind.STRING;
            case NULL -> type.kind() == CelKind.NULL_TYPE;
            case OBJECT -> type.name().equals(PatchTypes.OBJECT);
            case PATCHES ->
                    type instanceof ListType list
                            && list.hasElemType()
                            && list.elemType().name().equals(PatchTypes.PATCH);
        };
    }

    private static String mismatch(CelType type, List<ResultType> expected) {
        String wanted =
                expected.size() == 1
                        ? expected.getFirst().toString()
                        : expected.stream()
                                .map(ResultType::toString)
                                .collect(Collectors.joining(" ", "one of [", "]"));
        return "must evaluate to " + wanted + " but got " + CompileFaults.name(type);
    }
}
