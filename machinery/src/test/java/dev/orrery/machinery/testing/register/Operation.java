package dev.orrery.machinery.testing.register;

/**
 * One operation on one register, whose values are all different but for the empty one: nothing
 * there.
 *
 * @param invoked when it was called, by a clock that all clients share
 * @param returned when it answered; {@link #NEVER} if it did not
 */
public record Operation(String client, String register, Step step, long invoked, long returned) {

    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        if (returned <= invoked) {
            throw new IllegalArgumentException("an operation takes time");
        }
    }

    @Override
    public String toString() {
        String end = returned == NEVER ? "..." : Long.toString(returned);
        return "%s %s [%d, %s] %s".formatted(client, register, invoked, end, step);
    }

    /** What was done and what came of it. */
    public sealed interface Step {

        /** The register held this. */
        record Read(String value) implements Step {}

        /** The register held what was expected, and holds the other value from then on. */
        record Wrote(String expected, String value) implements Step {}

        /** The register did not hold what was expected. */
        record Refused(String expected, String value) implements Step {}

        /** One of the two, or not done at all, or done later. */
        record Unknown(String expected, String value) implements Step {}
    }
}
