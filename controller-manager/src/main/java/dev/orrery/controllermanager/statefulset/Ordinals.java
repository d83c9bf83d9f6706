package dev.orrery.controllermanager.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.stream.IntStream;

/** The places of a set's row: {@code count} of them from {@code start}. */
record Ordinals(int start, int count) {

    /** What {@link #of(StatefulSet, Pod)} answers of a stranger. */
    static final int NONE = -1;

    static Ordinals of(StatefulSet set) {
        var ordinals = set.getSpec().getOrdinals();
        return new Ordinals(
                ordinals == null || ordinals.getStart() == null ? 0 : ordinals.getStart(),
                set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas());
    }

    /** The place that a pod's name says it has in the set: 2 for {@code web-2}. */
    static int of(StatefulSet set, Pod pod) {
        String name = pod.getMetadata().getName();
        String prefix = set.getMetadata().getName() + "-";
        if (!name.startsWith(prefix)) {
            return NONE;
        }
        String digits = name.substring(prefix.length());
        boolean number =
                !digits.isEmpty()
                        && digits.length() < 10
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : NONE;
    }

    boolean contains(int ordinal) {
        return ordinal >= start && ordinal < start + count;
    }

    IntStream all() {
        return IntStream.range(start, start + count);
    }
}
