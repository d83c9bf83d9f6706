package dev.orrery.apiserver.table;

import dev.orrery.machinery.log.GroupResource;
import java.util.HashMap;
import java.util.Map;

/** Which columns a built-in kind has, by where it is stored. */
public final class BuiltInColumns {

    /** A kind that has no columns of its own. */
    public static final Columns NAME_AND_AGE = Layout.named().age();

    private static final Map<String, Columns> TABLES = tables();

    private BuiltInColumns() {}

    /** {@link #NAME_AND_AGE} for a kind that has no columns of its own. */
    public static Columns of(GroupResource storage) {
        return TABLES.getOrDefault(storage.group() + "/" + storage.resource(), NAME_AND_AGE);
    }

    private static Map<String, Columns> tables() {
        Map<String, Columns> tables = new HashMap<>();
        addCore(tables);
        addWorkloads(tables);
        addNetwork(tables);
        addStorage(tables);
        addPolicies(tables);
        return Map.copyOf(tables);
    }

    private static void addCore(Map<String, Columns> tables) {
        tables.put("/pods", new PodColumns());
        tables.put("/podtemplates", WorkloadTables.POD_TEMPLATE);
        tables.put("/replicationcontrollers", WorkloadTables.REPLICATION_CONTROLLER);
        tables.put("/services", NetworkTables.SERVICE);
        tables.put("/endpoints", NetworkTables.ENDPOINTS);
        tables.put("/nodes", ClusterTables.NODE);
        tables.put("/namespaces", ClusterTables.NAMESPACE);
        tables.put("/secrets", ClusterTables.SECRET);
        tables.put("/configmaps", ClusterTables.CONFIG_MAP);
        tables.put("/serviceaccounts", ClusterTables.SERVICE_ACCOUNT);
        tables.put("/events", ClusterTables.EVENT);
        tables.put("/resourcequotas", ClusterTables.RESOURCE_QUOTA);
        tables.put("/componentstatuses", ClusterTables.COMPONENT_STATUS);
        tables.put("/persistentvolumes", StorageTables.PERSISTENT_VOLUME);
        tables.put("/persistentvolumeclaims", StorageTables.PERSISTENT_VOLUME_CLAIM);
        tables.put("coordination.k8s.io/leases", ClusterTables.LEASE);
        tables.put("metrics.k8s.io/nodes", MetricsTables.NODE);
        tables.put("metrics.k8s.io/pods", MetricsTables.POD);
    }

    private static void addWorkloads(Map<String, Columns> tables) {
        tables.put("apps/deployments", WorkloadTables.DEPLOYMENT);
        tables.put("apps/replicasets", WorkloadTables.REPLICA_SET);
        tables.put("apps/daemonsets", WorkloadTables.DAEMON_SET);
        tables.put("apps/statefulsets", WorkloadTables.STATEFUL_SET);
        tables.put("apps/controllerrevisions", WorkloadTables.CONTROLLER_REVISION);
        tables.put("batch/jobs", WorkloadTables.JOB);
        tables.put("batch/cronjobs", WorkloadTables.CRON_JOB);
        tables.put("autoscaling/horizontalpodautoscalers", AutoscalerTable.COLUMNS);
    }

    private static void addNetwork(Map<String, Columns> tables) {
        tables.put("discovery.k8s.io/endpointslices", NetworkTables.ENDPOINT_SLICE);
        tables.put("networking.k8s.io/ingresses", NetworkTables.INGRESS);
        tables.put("networking.k8s.io/ingressclasses", NetworkTables.INGRESS_CLASS);
        tables.put("networking.k8s.io/networkpolicies", NetworkTables.NETWORK_POLICY);
        tables.put("networking.k8s.io/servicecidrs", NetworkTables.SERVICE_CIDR);
        tables.put("networking.k8s.io/ipaddresses", NetworkTables.IP_ADDRESS);
    }

    private static void addStorage(Map<String, Columns> tables) {
        String group = "storage.k8s.io/";
        tables.put(group + "storageclasses", StorageTables.STORAGE_CLASS);
        tables.put(group + "volumeattributesclasses", StorageTables.VOLUME_ATTRIBUTES_CLASS);
        tables.put(group + "volumeattachments", StorageTables.VOLUME_ATTACHMENT);
        tables.put(group + "csinodes", StorageTables.CSI_NODE);
        tables.put(group + "csidrivers", StorageTables.CSI_DRIVER);
        tables.put(group + "csistoragecapacities", StorageTables.CSI_STORAGE_CAPACITY);
    }

    private static void addPolicies(Map<String, Columns> tables) {
        tables.put("policy/poddisruptionbudgets", PolicyTables.POD_DISRUPTION_BUDGET);
        tables.put("scheduling.k8s.io/priorityclasses", PolicyTables.PRIORITY_CLASS);
        tables.put("node.k8s.io/runtimeclasses", PolicyTables.RUNTIME_CLASS);
        for (String scope : new String[] {"", "cluster"}) {
            tables.put("rbac.authorization.k8s.io/" + scope + "roles", PolicyTables.ROLE);
            tables.put("rbac.authorization.k8s.io/" + scope + "rolebindings", PolicyTables.BINDING);
        }
        tables.put(
                "certificates.k8s.io/certificatesigningrequests",
                PolicyTables.CERTIFICATE_SIGNING_REQUEST);
        String admission = "admissionregistration.k8s.io/";
        tables.put(admission + "mutatingwebhookconfigurations", PolicyTables.WEBHOOKS);
        tables.put(admission + "validatingwebhookconfigurations", PolicyTables.WEBHOOKS);
        tables.put(
                admission + "validatingadmissionpolicies",
                PolicyTables.VALIDATING_ADMISSION_POLICY);
        tables.put(admission + "mutatingadmissionpolicies", PolicyTables.MUTATING_ADMISSION_POLICY);
        for (String policy : new String[] {"validating", "mutating"}) {
            tables.put(
                    admission + policy + "admissionpolicybindings",
                    PolicyTables.ADMISSION_POLICY_BINDING);
        }
        String flow = "flowcontrol.apiserver.k8s.io/";
        tables.put(flow + "flowschemas", PolicyTables.FLOW_SCHEMA);
        tables.put(flow + "prioritylevelconfigurations", PolicyTables.PRIORITY_LEVEL);
        tables.put(
                "apiextensions.k8s.io/customresourcedefinitions",
                ExtensionTables.CUSTOM_RESOURCE_DEFINITION);
        tables.put("apiregistration.k8s.io/apiservices", ExtensionTables.API_SERVICE);
    }
}
