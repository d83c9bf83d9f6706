package dev.orrery.controllermanager.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of completion indexes, as a job's status writes it: {@code 0,2,3,5-9} are eight.
 *
 * <p>Invariant: ascending, and between two intervals at least one index is missing.
 */
record Intervals(List<Interval> list) {

    static final Intervals NONE = new Intervals(List.of());

    /** Both ends included. */
    record Interval(int first, int last) {

        int size() {
            return last - first + 1;
        }

        /** Three or more are a range; two are written one by one. */
        String text() {
            return switch (size()) {
                case 1 -> Integer.toString(first);
                case 2 -> first + "," + last;
                default -> first + "-" + last;
            };
        }
    }

    Intervals {
        list = List.copyOf(list);
    }

    /** What the text says of indexes below the bound; what cannot be read is left out. */
    static Intervals parse(@Nullable String text, int bound) {
        if (text == null || text.isEmpty()) {
            return NONE;
        }
        List<Interval> parsed = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            try {
                int first = Integer.parseInt(ends[0]);
                int last = Math.min(Integer.parseInt(ends[ends.length - 1]), bound - 1);
                if (first <= last) {
                    parsed.add(new Interval(first, last));
                }
            } catch (NumberFormatException e) {
                // The server lets no such status pass.
            }
        }
        return merged(parsed);
    }

    static Intervals of(Collection<Integer> indexes) {
        return merged(indexes.stream().map(index -> new Interval(index, index)).toList());
    }

    Intervals and(Intervals others) {
        List<Interval> all = new ArrayList<>(list);
        all.addAll(others.list);
        return merged(all);
    }

    Intervals and(Collection<Integer> indexes) {
        return indexes.isEmpty() ? this : and(of(indexes));
    }

    /** How many indexes of the other set are in this one. */
    int shares(Intervals others) {
        int shared = 0;
        for (Interval one : list) {
            for (Interval other : others.list) {
                int common = Math.min(one.last, other.last) - Math.max(one.first, other.first) + 1;
                shared += Math.max(common, 0);
            }
        }
        return shared;
    }

    /** The lowest indexes below the bound that are not in the set, at most so many. */
    List<Integer> gaps(int count, int bound) {
        List<Integer> gaps = new ArrayList<>();
        int candidate = 0;
        for (Interval interval : list) {
            while (candidate < Math.min(interval.first, bound) && gaps.size() < count) {
                gaps.add(candidate++);
            }
            candidate = Math.max(candidate, interval.last + 1);
        }
        while (candidate < bound && gaps.size() < count) {
            gaps.add(candidate++);
        }
        return gaps;
    }

    int total() {
        return list.stream().mapToInt(Interval::size).sum();
    }

    boolean has(int index) {
        int low = 0;
        int high = list.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (list.get(middle).last < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < list.size() && list.get(low).first <= index;
    }

    String text() {
        return list.stream().map(Interval::text).collect(Collectors.joining(","));
    }

    private static Intervals merged(List<Interval> intervals) {
        List<Interval> merged = new ArrayList<>();
        for (Interval next :
                intervals.stream().sorted(Comparator.comparingInt(Interval::first)).toList()) {
            Interval last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || next.first > last.last + 1) {
                merged.add(next);
            } else {
                merged.set(
                        merged.size() - 1,
                        new Interval(last.first, Math.max(last.last, next.last)));
            }
        }
        return new Intervals(merged);
    }
}
