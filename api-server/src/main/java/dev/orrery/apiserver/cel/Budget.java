package dev.orrery.apiserver.cel;

/**
 * What the evaluations for one object may cost together. A unit is one step of an expression or ten
 * characters of text that it makes, about as Kubernetes counts. Used by one thread.
 */
public final class Budget {

    /** Kubernetes' own bounds. */
    static final long PER_CALL = 1_000_000;

    private static final long ALL = 10_000_000;

    private static final long MATCH_CONDITIONS = 2_500_000;

    private long left;

    public Budget() {
        this(ALL);
    }

    /** For the match conditions of one policy or webhook. */
    public static Budget forMatchConditions() {
        return new Budget(MATCH_CONDITIONS);
    }

    public Budget(long units) {
        this.left = units;
    }

    /** What the next call may cost. */
    long forCall() {
        return Math.min(left, PER_CALL);
    }

    void spend(long units) {
        left -= units;
    }

    boolean isSpent() {
        return left <= 0;
    }
}
