package dev.orrery.apiserver.cel;

/** What came of evaluating an expression. */
public sealed interface Outcome {

    /**
     * A value: Boolean, Long, Double, String, a list, a map, an optional, or what functions deal
     * in; {@link Json} makes JSON of it.
     */
    record Value(Object value) implements Outcome {

        public boolean isTrue() {
            return value.equals(true);
        }
    }

    /**
     * None.
     *
     * @param message in the words of cel-go: {@code no such key: spec}
     * @param outOfBudget it had cost too much; nothing more should be evaluated
     */
    record Failed(String message, boolean outOfBudget) implements Outcome {}
}
