package dev.orrery.workbench;

import java.util.Collection;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Numbers all that goes wrong between the parts of one run, in the order in which it does. So the
 * same run can be done again without some of it: the dice fall as before, and what was left out is
 * passed over.
 */
public final class Mishaps {

    private final IntPredicate allowed;
    private int count;

    private Mishaps(IntPredicate allowed) {
        this.allowed = allowed;
    }

    /** Nothing is left out. */
    public static Mishaps all() {
        return new Mishaps(_ -> true);
    }

    /** Nothing happens but these. */
    public static Mishaps only(Collection<Integer> numbers) {
        Set<Integer> kept = Set.copyOf(numbers);
        return new Mishaps(kept::contains);
    }

    /** The dice say that something goes wrong now; whether it does. */
    boolean happens() {
        return allowed.test(count++);
    }

    /** How many there were, left out or not. */
    public int count() {
        return count;
    }
}
