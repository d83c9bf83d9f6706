package dev.orrery.apiserver.aggregation;

/** Whether a delegate can be asked, in the words of the condition {@code Available}. */
public record Verdict(boolean available, String reason, String message) {

    static final Verdict PASSED = new Verdict(true, "Passed", "all checks passed");

    static Verdict failed(String reason, String message) {
        return new Verdict(false, reason, message);
    }
}
