package dev.orrery.controllermanager.deployment;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment and its ReplicaSets at one moment: the new set, which has the Deployment's template,
 * and the old ones, oldest first. Every step of a rollout takes one and answers the next; what is
 * to be written is the difference between the first and the last.
 *
 * @param newSet null while no set has the Deployment's template
 */
record Rollout(Deployment deployment, @Nullable ReplicaSet newSet, List<ReplicaSet> oldSets) {

    private static final Comparator<ReplicaSet> OLDEST_FIRST =
            Comparator.<ReplicaSet, String>comparing(
                            set -> orEmpty(set.getMetadata().getCreationTimestamp()))
                    .thenComparing(set -> set.getMetadata().getName());

    Rollout {
        oldSets = oldSets.stream().sorted(OLDEST_FIRST).toList();
    }

    /** The oldest set with the Deployment's template is the new one: an undo takes it up again. */
    static Rollout of(Deployment deployment, Collection<ReplicaSet> sets) {
        Optional<ReplicaSet> newSet =
                sets.stream()
                        .sorted(OLDEST_FIRST)
                        .filter(set -> TemplateHash.sameTemplate(deployment, set))
                        .findFirst();
        List<ReplicaSet> others =
                sets.stream().filter(set -> newSet.filter(set::equals).isEmpty()).toList();
        return new Rollout(deployment, newSet.orElse(null), others);
    }

    int replicas() {
        return deployment.getSpec().getReplicas();
    }

    /** Old sets, oldest first, and then the new one. */
    List<ReplicaSet> allSets() {
        List<ReplicaSet> all = new ArrayList<>(oldSets);
        if (newSet != null) {
            all.add(newSet);
        }
        return all;
    }

    static List<ReplicaSet> active(Collection<ReplicaSet> sets) {
        return sets.stream().filter(set -> wanted(set) > 0).toList();
    }

    static int sum(Collection<ReplicaSet> sets, ToIntFunction<ReplicaSet> count) {
        return sets.stream().mapToInt(count).sum();
    }

    /** How many pods the set is asked to have. */
    static int wanted(ReplicaSet set) {
        return orZero(set.getSpec().getReplicas());
    }

    /** How many pods the set was last seen to have. */
    static int actual(ReplicaSet set) {
        return set.getStatus() == null ? 0 : orZero(set.getStatus().getReplicas());
    }

    static int ready(ReplicaSet set) {
        return set.getStatus() == null ? 0 : orZero(set.getStatus().getReadyReplicas());
    }

    static int available(ReplicaSet set) {
        return set.getStatus() == null ? 0 : orZero(set.getStatus().getAvailableReplicas());
    }

    Rollout withNew(ReplicaSet set) {
        return new Rollout(deployment, set, oldSets);
    }

    /** With a set asked for a number of pods, and told how large the whole Deployment is to be. */
    Rollout scaled(ReplicaSet set, int replicas) {
        return changed(set, old -> SizeAnnotations.set(withReplicas(old, replicas), deployment));
    }

    Rollout without(ReplicaSet gone) {
        return new Rollout(
                deployment, newSet, oldSets.stream().filter(set -> !sameName(set, gone)).toList());
    }

    private Rollout changed(ReplicaSet which, UnaryOperator<ReplicaSet> change) {
        ReplicaSet changedNew =
                newSet != null && sameName(newSet, which) ? change.apply(newSet) : newSet;
        List<ReplicaSet> changedOld =
                oldSets.stream()
                        .map(set -> sameName(set, which) ? change.apply(set) : set)
                        .toList();
        return new Rollout(deployment, changedNew, changedOld);
    }

    /** What turns one rollout into another. */
    List<Move> movesTo(Rollout next) {
        Map<String, ReplicaSet> before = byName(allSets());
        Map<String, ReplicaSet> after = byName(next.allSets());
        List<Move> moves = new ArrayList<>();
        for (ReplicaSet set : next.allSets()) {
            ReplicaSet old = before.get(set.getMetadata().getName());
            if (old == null) {
                moves.add(new Move.Create(set));
            } else if (!old.equals(set)) {
                moves.add(new Move.Change(old, set));
            }
        }
        for (ReplicaSet set : allSets()) {
            if (!after.containsKey(set.getMetadata().getName())) {
                moves.add(new Move.Delete(set));
            }
        }
        return moves;
    }

    private static Map<String, ReplicaSet> byName(List<ReplicaSet> sets) {
        Map<String, ReplicaSet> byName = new TreeMap<>();
        sets.forEach(set -> byName.put(set.getMetadata().getName(), set));
        return byName;
    }

    private static ReplicaSet withReplicas(ReplicaSet set, int replicas) {
        return new ReplicaSetBuilder(set).editSpec().withReplicas(replicas).endSpec().build();
    }

    private static boolean sameName(ReplicaSet one, ReplicaSet other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
