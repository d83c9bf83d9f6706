package dev.orrery.apiserver.admission;

import dev.orrery.apiserver.quota.QuotaLedgers;
import java.util.List;

/** The plugins that every cluster has, in the order in which they are asked. */
public final class BuiltInAdmission {

    private BuiltInAdmission() {}

    /** For one server, fresh each time. */
    public static List<AdmissionPlugin> plugins() {
        return List.of(
                new NamespaceLifecycle(),
                new LimitRanger(),
                new TaintNodesByCondition(),
                new ServiceAccount(),
                new Priority(),
                new DefaultTolerationSeconds(),
                new DefaultStorageClass(),
                new StorageObjectInUseProtection(),
                new PersistentVolumeClaimResize(),
                new RuntimeClass(),
                new DefaultIngressClass(),
                new ServiceAllocation(),
                new ResourceQuota(new QuotaLedgers()));
    }
}
