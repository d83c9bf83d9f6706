package dev.orrery.controllermanager.disruption;

import dev.orrery.controllermanager.label.GoText;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;

/** The words of a budget's events, as Kubernetes' users know them. */
final class BudgetEvents {

    private BudgetEvents() {}

    static boolean isFailure(PodDisruptionBudgetStatus status) {
        return status.getConditions().stream()
                .anyMatch(condition -> condition.getReason().equals("SyncFailed"));
    }

    static String failure(PodDisruptionBudgetStatus status) {
        return status.getConditions().stream()
                .filter(condition -> condition.getReason().equals("SyncFailed"))
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    static String notDeleted(PodDisruptionBudget budget) {
        return "Pod was expected by PDB %s/%s to be deleted but it wasn't"
                .formatted(budget.getMetadata().getNamespace(), budget.getMetadata().getName());
    }

    static String unmanaged(PodDisruptionBudget budget) {
        return "Pods selected by this PodDisruptionBudget (selector: "
                + GoText.of(budget.getSpec().getSelector())
                + ") were found to be unmanaged. As a result, the status of the PDB cannot be"
                + " calculated correctly, which may result in undefined behavior. To account for"
                + " these pods please set \".spec.minAvailable\" field of the PDB to an integer"
                + " value.";
    }
}
