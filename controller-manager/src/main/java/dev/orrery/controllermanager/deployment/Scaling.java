package dev.orrery.controllermanager.deployment;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * What happens when the Deployment's own size changes. One set that has pods takes the whole size;
 * in the middle of a rollout each set takes its share, and the largest takes what rounding leaves.
 *
 * <p>Example: 10 replicas with surge 3, sets of 8 and 5, scaled to 30. 33 pods may be, 13 are: 20
 * are to come. 8 * 33 / 13 = 20.3, so the first goes to 20; 5 * 33 / 13 = 12.7, so the second goes
 * to 13.
 */
final class Scaling {

    private static final Comparator<ReplicaSet> BY_AGE =
            Comparator.comparing(Scaling::created).thenComparing(Scaling::name);
    private static final Comparator<ReplicaSet> LARGEST =
            Comparator.comparingInt(Rollout::wanted).reversed();

    private Scaling() {}

    /**
     * Whether a set with pods was last scaled for another size of the Deployment. Where Recreate is
     * about to empty all sets but one, there is nothing to share out.
     */
    static boolean isDue(Rollout rollout) {
        List<ReplicaSet> active = Rollout.active(rollout.allSets());
        if (Bounds.isRecreate(rollout.deployment()) && active.size() > 1) {
            return false;
        }
        return active.stream()
                .map(SizeAnnotations::desired)
                .anyMatch(size -> size.isPresent() && size.getAsInt() != rollout.replicas());
    }

    static Rollout step(Rollout rollout) {
        List<ReplicaSet> active = Rollout.active(rollout.allSets());
        if (active.size() <= 1) {
            return scaleOnly(rollout, active);
        }
        if (isSaturated(rollout)) {
            return emptyOld(rollout);
        }
        return Bounds.isRecreate(rollout.deployment()) ? rollout : proportional(rollout, active);
    }

    private static Rollout scaleOnly(Rollout rollout, List<ReplicaSet> active) {
        List<ReplicaSet> all = rollout.allSets();
        if (all.isEmpty()) {
            return rollout;
        }
        // With no pods at all: the new set, or else the youngest old one, which is last either way.
        ReplicaSet only = active.isEmpty() ? all.getLast() : active.getFirst();
        return Rollout.wanted(only) == rollout.replicas()
                ? rollout
                : rollout.scaled(only, rollout.replicas());
    }

    /** The new set is all there and available at the Deployment's size. */
    private static boolean isSaturated(Rollout rollout) {
        ReplicaSet newSet = rollout.newSet();
        int size = rollout.replicas();
        return newSet != null
                && SizeAnnotations.desired(newSet).equals(OptionalInt.of(size))
                && Rollout.wanted(newSet) == size
                && Rollout.available(newSet) == size;
    }

    static Rollout emptyOld(Rollout rollout) {
        Rollout next = rollout;
        for (ReplicaSet set : Rollout.active(rollout.oldSets())) {
            next = next.scaled(set, 0);
        }
        return next;
    }

    private static Rollout proportional(Rollout rollout, List<ReplicaSet> active) {
        int size = rollout.replicas();
        int allowed = size > 0 ? size + Bounds.of(rollout.deployment()).maxSurge() : 0;
        int toAdd = allowed - Rollout.sum(active, Rollout::wanted);
        List<ReplicaSet> largestFirst = active.stream().sorted(order(toAdd)).toList();
        int[] sizes = sizes(rollout, largestFirst, toAdd);
        Rollout next = rollout;
        for (int i = 0; i < sizes.length; i++) {
            next = next.scaled(largestFirst.get(i), sizes[i]);
        }
        return next;
    }

    /** Of equally large sets the newer grows first, and the older shrinks first. */
    private static Comparator<ReplicaSet> order(int toAdd) {
        return LARGEST.thenComparing(toAdd > 0 ? BY_AGE.reversed() : BY_AGE);
    }

    private static int[] sizes(Rollout rollout, List<ReplicaSet> sets, int toAdd) {
        int[] sizes = sets.stream().mapToInt(Rollout::wanted).toArray();
        int added = 0;
        for (int i = 0; i < sizes.length; i++) {
            int share = bounded(share(rollout, sets.get(i)), toAdd - added);
            sizes[i] += share;
            added += share;
        }
        sizes[0] = Math.max(0, sizes[0] + toAdd - added);
        return sizes;
    }

    private static int bounded(int share, int left) {
        return left > 0 ? Math.min(share, left) : Math.max(share, left);
    }

    /** By how much the set would grow if everything grew by the same factor. */
    private static int share(Rollout rollout, ReplicaSet set) {
        int wanted = Rollout.wanted(set);
        if (rollout.replicas() == 0) {
            return -wanted;
        }
        int before = SizeAnnotations.maximum(set).orElse(0);
        if (before == 0) {
            before = statusReplicas(rollout);
        }
        if (before == 0) {
            return 0;
        }
        int after = rollout.replicas() + Bounds.of(rollout.deployment()).maxSurge();
        return (int) Math.round((double) wanted * after / before) - wanted;
    }

    private static int statusReplicas(Rollout rollout) {
        return Rollout.sum(rollout.allSets(), Rollout::actual);
    }

    private static String created(ReplicaSet set) {
        String created = set.getMetadata().getCreationTimestamp();
        return created == null ? "" : created;
    }

    private static String name(ReplicaSet set) {
        return set.getMetadata().getName();
    }
}
