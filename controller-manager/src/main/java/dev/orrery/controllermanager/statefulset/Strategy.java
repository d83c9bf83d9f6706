package dev.orrery.controllermanager.statefulset;

import dev.orrery.controllermanager.quantity.Share;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import org.jspecify.annotations.Nullable;

/** What a set's spec says of order and updates, defaults filled in. */
record Strategy(StatefulSet set) {

    /** One pod after the other, each only when all before it are available. */
    boolean isOrdered() {
        return !"Parallel".equals(set.getSpec().getPodManagementPolicy());
    }

    boolean isRolling() {
        StatefulSetUpdateStrategy strategy = set.getSpec().getUpdateStrategy();
        return strategy == null || !"OnDelete".equals(strategy.getType());
    }

    /** How many places from the first keep the old template. */
    int partition() {
        RollingUpdateStatefulSetStrategy rolling = rolling();
        return rolling == null || rolling.getPartition() == null ? 0 : rolling.getPartition();
    }

    /** How many pods may be away at a time; at least 1, null where the set does not say. */
    @Nullable Integer maxUnavailable() {
        RollingUpdateStatefulSetStrategy rolling = rolling();
        IntOrString share = rolling == null ? null : rolling.getMaxUnavailable();
        return share == null
                ? null
                : (Integer) Math.max(1, Share.roundedDown(share, Ordinals.of(set).count()));
    }

    int minReadySeconds() {
        Integer seconds = set.getSpec().getMinReadySeconds();
        return seconds == null ? 0 : seconds;
    }

    private @Nullable RollingUpdateStatefulSetStrategy rolling() {
        StatefulSetUpdateStrategy strategy = set.getSpec().getUpdateStrategy();
        return strategy == null ? null : strategy.getRollingUpdate();
    }
}
