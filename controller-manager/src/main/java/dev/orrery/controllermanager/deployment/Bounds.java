package dev.orrery.controllermanager.deployment;

import dev.orrery.controllermanager.quantity.Share;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;

/**
 * How far a rolling update may stray from the wanted number of pods.
 *
 * <p>Percentages are of the replicas; surge is rounded up, unavailability down. 25 % each of 10:
 * surge 3, unavailable 2. Where both come to 0 one pod may be unavailable, or nothing could move:
 * surge 0, unavailable 25 % of 1.
 *
 * @param maxSurge pods above the wanted number
 * @param maxUnavailable pods below the wanted number, at most all
 */
record Bounds(int maxSurge, int maxUnavailable) {

    private static final Bounds NONE = new Bounds(0, 0);

    static Bounds of(Deployment deployment) {
        int replicas = deployment.getSpec().getReplicas();
        if (isRecreate(deployment)) {
            return NONE;
        }
        DeploymentStrategy strategy = deployment.getSpec().getStrategy();
        RollingUpdateDeployment rolling = strategy == null ? null : strategy.getRollingUpdate();
        int surge = rolling == null ? 0 : Share.roundedUp(rolling.getMaxSurge(), replicas);
        int unavailable =
                rolling == null ? 0 : Share.roundedDown(rolling.getMaxUnavailable(), replicas);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new Bounds(surge, Math.min(unavailable, replicas));
    }

    static boolean isRecreate(Deployment deployment) {
        return deployment.getSpec().getStrategy() != null
                && "Recreate".equals(deployment.getSpec().getStrategy().getType());
    }
}
