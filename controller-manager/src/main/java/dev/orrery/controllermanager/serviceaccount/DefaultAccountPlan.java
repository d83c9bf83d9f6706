package dev.orrery.controllermanager.serviceaccount;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a namespace lacks its default service account. */
record DefaultAccountPlan(Optional<ServiceAccount> missing) {

    static final String NAME = "default";

    /**
     * @param present the namespace's default account, or null
     */
    static DefaultAccountPlan of(Namespace namespace, @Nullable ServiceAccount present) {
        if (present != null || namespace.getMetadata().getDeletionTimestamp() != null) {
            return new DefaultAccountPlan(Optional.empty());
        }
        return new DefaultAccountPlan(
                Optional.of(
                        new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withName(NAME)
                                .withNamespace(namespace.getMetadata().getName())
                                .endMetadata()
                                .build()));
    }
}
