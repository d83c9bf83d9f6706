package dev.orrery.kubelet.life;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerRestartRule;
import io.fabric8.kubernetes.api.model.ContainerRestartRuleOnExitCodes;

/**
 * Whether a container that ended is started again: its own rules and policy come before the pod's.
 */
public final class RestartRule {

    private RestartRule() {}

    public static boolean restarts(PodState state, Container container, Termination termination) {
        Role role = state.role(container);
        if (role == Role.EPHEMERAL) {
            return false;
        }
        if (matchesRule(container, termination)) {
            return true;
        }
        String own = container.getRestartPolicy();
        String policy = own == null || own.isEmpty() ? state.restartPolicy() : own;
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> !termination.succeeded();
            default -> role != Role.INIT || !termination.succeeded();
        };
    }

    /** The only action of a rule is to restart. */
    private static boolean matchesRule(Container container, Termination termination) {
        for (ContainerRestartRule rule : container.getRestartPolicyRules()) {
            ContainerRestartRuleOnExitCodes codes = rule.getExitCodes();
            if (codes == null) {
                continue;
            }
            boolean listed = codes.getValues().contains(termination.exitCode());
            if (listed == "In".equals(codes.getOperator())) {
                return "Restart".equals(rule.getAction());
            }
        }
        return false;
    }
}
