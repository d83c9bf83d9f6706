package dev.orrery.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the few things that a failure needs, among many that it was found with: leaves out halves,
 * quarters and so on down to single ones for as long as it still fails.
 */
public final class Shrinking {

    private int runs;

    /**
     * @param runs how often the failure may be tried in all
     */
    public Shrinking(int runs) {
        this.runs = runs;
    }

    /**
     * @param all with which it fails
     * @param fails whether it does with some of them, in their order
     * @return with which it fails too: of them none can be left out alone, unless the runs are used
     *     up
     */
    public <T> List<T> shrink(List<T> all, Predicate<List<T>> fails) {
        if (tries(List.of(), fails)) {
            return List.of();
        }
        List<T> needed = all;
        int chunk = Math.max(1, all.size() / 2);
        while (runs > 0 && !needed.isEmpty()) {
            List<T> fewer = without(needed, chunk, fails);
            if (chunk == 1 && fewer.size() == needed.size()) {
                return needed;
            }
            needed = fewer;
            chunk = Math.max(1, chunk / 2);
        }
        return needed;
    }

    private <T> List<T> without(List<T> all, int chunk, Predicate<List<T>> fails) {
        List<T> needed = all;
        for (int from = 0; from < needed.size() && runs > 0; ) {
            List<T> rest = new ArrayList<>(needed.subList(0, from));
            rest.addAll(needed.subList(Math.min(needed.size(), from + chunk), needed.size()));
            if (tries(rest, fails)) {
                needed = rest;
            } else {
                from += chunk;
            }
        }
        return needed;
    }

    private <T> boolean tries(List<T> some, Predicate<List<T>> fails) {
        runs--;
        return fails.test(List.copyOf(some));
    }
}
