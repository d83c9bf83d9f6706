package dev.orrery.controllermanager.statefulset;

import dev.orrery.controllermanager.owner.Owners;
import dev.orrery.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done so that the row is as it should be: first every place filled, then what is
 * beyond the row removed from its end, then old revisions replaced from the row's end.
 *
 * <p>An ordered set does one thing at a time, and only when all pods before are available: with
 * {@code web-0} not ready there is nothing to do, whatever else is wrong. A parallel one does all
 * at once, but updates one by one too.
 */
final class StatefulPlan {

    private final Row row;
    private final boolean ordered;
    private final List<Step> steps = new ArrayList<>();

    private StatefulPlan(Row row) {
        this.row = row;
        this.ordered = row.strategy().isOrdered();
    }

    static List<Step> of(Row row) {
        StatefulPlan plan = new StatefulPlan(row);
        if (!Owners.isBeingDeleted(row.set()) && plan.fill() && plan.shorten()) {
            plan.update();
        }
        return List.copyOf(plan.steps);
    }

    /** False: nothing else is to be done before the next look. */
    private boolean fill() {
        boolean goOn = true;
        for (int ordinal : row.ordinals().all().toArray()) {
            boolean settled = fill(ordinal);
            if (!settled && ordered) {
                return false;
            }
            Pod pod = row.at(ordinal);
            goOn &= pod == null || !Pods.isEnded(pod);
        }
        return goOn;
    }

    /** Whether the place has what it should: an available pod that nobody is taking away. */
    private boolean fill(int ordinal) {
        Pod pod = row.at(ordinal);
        if (pod == null) {
            steps.add(new Step.Create(ordinal, row.revisionFor(ordinal)));
            return false;
        }
        if (Pods.isEnded(pod)) {
            if (!Owners.isBeingDeleted(pod)) {
                steps.add(new Step.Replace(pod));
            }
            return false;
        }
        if (Pods.phase(pod).equals("Pending")) {
            steps.add(new Step.Furnish(pod));
        }
        if (ordered && (Owners.isBeingDeleted(pod) || !row.isAvailable(pod))) {
            return false;
        }
        if (!Identity.isOf(row.set(), ordinal, pod)) {
            steps.add(new Step.Identify(pod));
        }
        return true;
    }

    private boolean shorten() {
        List<Pod> condemned = row.condemned();
        Pod firstUnhealthy = firstUnhealthy(condemned);
        for (Pod pod : condemned) {
            if (Owners.isBeingDeleted(pod)) {
                if (ordered) {
                    return false;
                }
                continue;
            }
            // A pod that is not well may be removed only if it is the one that holds up the others.
            if (ordered && !row.isAvailable(pod) && !pod.equals(firstUnhealthy)) {
                return false;
            }
            steps.add(new Step.Delete(pod));
            if (ordered) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Pod firstUnhealthy(List<Pod> condemned) {
        for (int ordinal : row.ordinals().all().toArray()) {
            if (!Row.isHealthy(row.at(ordinal))) {
                return row.at(ordinal);
            }
        }
        return condemned.reversed().stream()
                .filter(pod -> !Row.isHealthy(pod))
                .findFirst()
                .orElse(null);
    }

    private void update() {
        Strategy strategy = row.strategy();
        if (!strategy.isRolling()) {
            return;
        }
        Integer maxUnavailable = strategy.maxUnavailable();
        if (maxUnavailable == null) {
            updateOne();
        } else {
            updateSome(maxUnavailable);
        }
    }

    /** The last pod of an old revision, if all behind it are well. */
    private void updateOne() {
        for (Pod pod : lastFirst()) {
            if (pod == null) {
                return;
            }
            if (!row.isUpdated(pod) && !Owners.isBeingDeleted(pod)) {
                steps.add(new Step.Delete(pod));
                return;
            }
            if (!Row.isHealthy(pod) || !row.isAvailable(pod)) {
                return;
            }
        }
    }

    /** As many of the last pods of old revisions as may be away beside those that are. */
    private void updateSome(int maxUnavailable) {
        long away =
                row.ordinals()
                        .all()
                        .mapToObj(row::at)
                        .filter(pod -> !Row.isHealthy(pod) || !row.isAvailable(pod))
                        .count();
        lastFirst().stream()
                .filter(pod -> pod != null && !row.isUpdated(pod) && !Owners.isBeingDeleted(pod))
                .limit(Math.max(0, maxUnavailable - away))
                .forEach(pod -> steps.add(new Step.Delete(pod)));
    }

    /** The row from its end down to the partition; null where a place is empty. */
    private List<@Nullable Pod> lastFirst() {
        Ordinals ordinals = row.ordinals();
        List<@Nullable Pod> pods = new ArrayList<>();
        for (int place = ordinals.count() - 1; place >= row.strategy().partition(); place--) {
            pods.add(row.at(ordinals.start() + place));
        }
        return pods;
    }
}
