package dev.orrery.apiserver.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;

/** A compiled text. Immutable, for any thread. */
public final class Expression {

    private static final String OUT_OF_BUDGET =
            "validation failed due to running out of cost budget, no further validation rules will"
                    + " be run";

    private final String text;
    private final String resultType;
    private final DeclaredType type;
    private final CelRuntime.Program program;

    Expression(String text, String resultType, DeclaredType type, CelRuntime.Program program) {
        this.text = text;
        this.resultType = resultType;
        this.type = type;
        this.program = program;
    }

    public String text() {
        return text;
    }

    /** As messages write it: {@code bool}, {@code list(string)}. */
    public String resultType() {
        return resultType;
    }

    /** For a variable that holds what it gives. */
    public DeclaredType type() {
        return type;
    }

    public Outcome evaluate(Bindings bindings, Budget budget) {
        if (budget.isSpent()) {
            return new Outcome.Failed(OUT_OF_BUDGET, true);
        }
        CostMeter meter = new CostMeter(budget.forCall());
        try {
            return new Outcome.Value(
                    program.trace(name -> Optional.ofNullable(bindings.find(name)), meter));
        } catch (CelEvaluationException e) {
            return new Outcome.Failed(EvaluationFaults.text(e), false);
        } catch (CostMeter.Exceeded e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()), budget.isSpent());
        } finally {
            budget.spend(meter.spent());
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
