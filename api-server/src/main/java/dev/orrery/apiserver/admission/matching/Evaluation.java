package dev.orrery.apiserver.admission.matching;

import dev.orrery.apiserver.cel.Bindings;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.Outcome;

/** Expressions of policies and webhooks, whose failures name their text. */
public final class Evaluation {

    private Evaluation() {}

    public static Outcome of(
            Compilation compilation, String text, Bindings bindings, Budget budget) {
        return switch (compilation) {
            case Compilation.Failed(String message) ->
                    new Outcome.Failed("compilation error: " + message, false);
            case Compilation.Done(var expression) ->
                    switch (expression.evaluate(bindings, budget)) {
                        case Outcome.Value value -> value;
                        case Outcome.Failed failed when failed.outOfBudget() -> failed;
                        case Outcome.Failed(String message, boolean _) ->
                                new Outcome.Failed(
                                        "expression '" + text + "' resulted in error: " + message,
                                        false);
                    };
        };
    }
}
