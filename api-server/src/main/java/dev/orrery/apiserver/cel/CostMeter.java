package dev.orrery.apiserver.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;

/** Counts what one evaluation costs, and ends it when that is too much. Used by one thread. */
@SuppressWarnings("Immutable") // one evaluation's own
final class CostMeter implements CelEvaluationListener {

    private static final int CHARACTERS_PER_UNIT = 10;

    private final long limit;
    private long spent;

    CostMeter(long limit) {
        this.limit = limit;
    }

    long spent() {
        return spent;
    }

    @Override
    public void callback(CelExpr expr, Object result) {
        spent++;
        if (result instanceof String text) {
            spent += text.length() / CHARACTERS_PER_UNIT;
        } else if (result instanceof Collection<?> elements && !(result instanceof JsonList)) {
            spent += elements.size() / CHARACTERS_PER_UNIT;
        }
        if (spent > limit) {
            throw new Exceeded();
        }
    }

    /** An error, as the evaluator takes any exception for the value of one side of an or. */
    static final class Exceeded extends Error {

        Exceeded() {
            super("operation cancelled: actual cost limit exceeded", null, false, false);
        }
    }
}
