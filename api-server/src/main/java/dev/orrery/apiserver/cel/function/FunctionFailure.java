package dev.orrery.apiserver.cel.function;

/** A function that cannot answer, and why; the expression fails with these words. */
public final class FunctionFailure extends RuntimeException {

    public FunctionFailure(String message) {
        super(message, null, false, false);
    }
}
