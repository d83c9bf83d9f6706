package dev.orrery.apiserver.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelOptions;
import dev.cel.common.values.CelValueProvider;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelRuntimeLibrary;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.HomogeneousLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import dev.orrery.apiserver.cel.function.Functions;
import dev.orrery.apiserver.cel.function.Libraries;
import java.util.List;
import java.util.Optional;

/**
 * CEL with the options and libraries of Kubernetes 1.36. Loading this class loads all of CEL, which
 * takes half a second in a cold process: only a compiler does it.
 */
final class Language {

    /** So that a loop ends even where each of its steps is cheap. */
    private static final int MAX_ITERATIONS = 250_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .enableOptionalSyntax(true)
                    .enableQuotedIdentifierSyntax(true)
                    .comprehensionMaxIterations(MAX_ITERATIONS)
                    .build();

    private static final Functions FUNCTIONS = Libraries.all();
    private static final CelCompiler COMPILER = makeCompiler();
    private static final CelRuntime RUNTIME = runtimeBuilder().build();
    private static final CelRuntime PATCHING = makePatching();

    private Language() {}

    static CelCompiler compiler() {
        return COMPILER;
    }

    /** What the types do not tell: the elements of literals, and the form of literal texts. */
    static CelValidator validator(CelCompiler checker) {
        return CelValidatorFactory.standardCelValidatorBuilder(checker, RUNTIME)
                .addAstValidators(
                        HomogeneousLiteralValidator.newInstance("format"),
                        new RegexLiterals(),
                        TimestampLiteralValidator.INSTANCE,
                        DurationLiteralValidator.INSTANCE)
                .build();
    }

    static CelRuntime runtime(boolean makesPatches) {
        return makesPatches ? PATCHING : RUNTIME;
    }

    private static CelCompiler makeCompiler() {
        List<CelStandardMacro> macros =
                CelStandardMacro.STANDARD_MACROS.stream()
                        .filter(macro -> macro != CelStandardMacro.HAS)
                        .toList();
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(macros)
                .addMacros(HasMacro.MACRO)
                .addLibraries(compilerLibraries())
                .addFunctionDeclarations(FUNCTIONS.declarations())
                .build();
    }

    private static List<CelCompilerLibrary> compilerLibraries() {
        return ImmutableList.of(
                CelExtensions.strings(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.optional(),
                CelExtensions.comprehensions());
    }

    private static CelRuntimeBuilder runtimeBuilder() {
        List<CelRuntimeLibrary> libraries =
                ImmutableList.of(
                        CelExtensions.strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions());
        return CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(libraries)
                .addFunctionBindings(FUNCTIONS.bindings());
    }

    private static CelRuntime makePatching() {
        CelValueProvider values = (name, fields) -> Optional.of(new MadeObject(name, fields));
        return runtimeBuilder()
                .setTypeProvider(new PatchTypes("", new StructTypes()))
                .setValueProvider(values)
                .build();
    }
}
