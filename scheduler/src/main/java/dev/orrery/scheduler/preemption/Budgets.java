package dev.orrery.scheduler.preemption;

import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.selector.Selector;
import dev.orrery.scheduler.cluster.PodInfo;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells which pods cannot go without breaking a disruption budget. */
final class Budgets {

    private final Informer<PodDisruptionBudget> budgets;

    Budgets(Informer<PodDisruptionBudget> budgets) {
        this.budgets = budgets;
    }

    /**
     * The uids of those that would break one, if the pods went in this order: a budget that allows
     * one disruption lets the first of two matching pods go.
     */
    Set<String> violated(List<PodInfo> pods) {
        List<Allowance> allowances = new ArrayList<>();
        budgets.list().forEach(each -> allowances.add(new Allowance(each)));
        Set<String> violating = new HashSet<>();
        for (PodInfo pod : pods) {
            for (Allowance allowance : allowances) {
                if (!allowance.allows(pod)) {
                    violating.add(pod.uid());
                }
            }
        }
        return violating;
    }

    private static final class Allowance {

        private final String namespace;
        private final Selector selector;
        private final Set<String> disrupted;
        private int left;

        Allowance(PodDisruptionBudget budget) {
            namespace = budget.getMetadata().getNamespace();
            selector =
                    Selector.of(budget.getSpec() == null ? null : budget.getSpec().getSelector());
            PodDisruptionBudgetStatus status = budget.getStatus();
            disrupted =
                    status == null || status.getDisruptedPods() == null
                            ? Set.of()
                            : Set.copyOf(status.getDisruptedPods().keySet());
            left =
                    status == null || status.getDisruptionsAllowed() == null
                            ? 0
                            : status.getDisruptionsAllowed();
        }

        boolean allows(PodInfo pod) {
            boolean concerned =
                    namespace.equals(pod.namespace())
                            && !pod.labels().isEmpty()
                            && !selector.requirements().isEmpty()
                            && selector.matches(pod.labels())
                            && !disrupted.contains(pod.name());
            if (!concerned) {
                return true;
            }
            left--;
            return left >= 0;
        }
    }
}
