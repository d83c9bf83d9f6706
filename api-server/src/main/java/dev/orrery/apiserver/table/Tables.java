package dev.orrery.apiserver.table;

import java.util.HashMap;
import java.util.Map;

/** Finds a kind's columns by API group and kind; the same for every version of the kind. */
public final class Tables {

    /** A kind that has no columns of its own. */
    public static final Columns NAME_AND_AGE = Layout.named().age();

    private static final Map<String, Columns> TABLES = tables();

    private Tables() {}

    /** {@link #NAME_AND_AGE} for a kind that has no columns of its own. */
    public static Columns of(String group, String kind) {
        return TABLES.getOrDefault(group + "/" + kind, NAME_AND_AGE);
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
        tables.put("/Pod", new PodColumns());
        tables.put("/PodTemplate", WorkloadTables.POD_TEMPLATE);
        tables.put("/ReplicationController", WorkloadTables.REPLICATION_CONTROLLER);
        tables.put("/Service", NetworkTables.SERVICE);
        tables.put("/Endpoints", NetworkTables.ENDPOINTS);
        tables.put("/Node", ClusterTables.NODE);
        tables.put("/Namespace", ClusterTables.NAMESPACE);
        tables.put("/Secret", ClusterTables.SECRET);
        tables.put("/ConfigMap", ClusterTables.CONFIG_MAP);
        tables.put("/ServiceAccount", ClusterTables.SERVICE_ACCOUNT);
        tables.put("/Event", ClusterTables.EVENT);
        tables.put("events.k8s.io/Event", ClusterTables.EVENT);
        tables.put("/ResourceQuota", ClusterTables.RESOURCE_QUOTA);
        tables.put("/ComponentStatus", ClusterTables.COMPONENT_STATUS);
        tables.put("/PersistentVolume", StorageTables.PERSISTENT_VOLUME);
        tables.put("/PersistentVolumeClaim", StorageTables.PERSISTENT_VOLUME_CLAIM);
        tables.put("coordination.k8s.io/Lease", ClusterTables.LEASE);
    }

    private static void addWorkloads(Map<String, Columns> tables) {
        tables.put("apps/Deployment", WorkloadTables.DEPLOYMENT);
        tables.put("apps/ReplicaSet", WorkloadTables.REPLICA_SET);
        tables.put("apps/DaemonSet", WorkloadTables.DAEMON_SET);
        tables.put("apps/StatefulSet", WorkloadTables.STATEFUL_SET);
        tables.put("apps/ControllerRevision", WorkloadTables.CONTROLLER_REVISION);
        tables.put("batch/Job", WorkloadTables.JOB);
        tables.put("batch/CronJob", WorkloadTables.CRON_JOB);
        tables.put("autoscaling/HorizontalPodAutoscaler", AutoscalerTable.COLUMNS);
    }

    private static void addNetwork(Map<String, Columns> tables) {
        tables.put("discovery.k8s.io/EndpointSlice", NetworkTables.ENDPOINT_SLICE);
        tables.put("networking.k8s.io/Ingress", NetworkTables.INGRESS);
        tables.put("networking.k8s.io/IngressClass", NetworkTables.INGRESS_CLASS);
        tables.put("networking.k8s.io/NetworkPolicy", NetworkTables.NETWORK_POLICY);
        tables.put("networking.k8s.io/ServiceCIDR", NetworkTables.SERVICE_CIDR);
        tables.put("networking.k8s.io/IPAddress", NetworkTables.IP_ADDRESS);
    }

    private static void addStorage(Map<String, Columns> tables) {
        String group = "storage.k8s.io/";
        tables.put(group + "StorageClass", StorageTables.STORAGE_CLASS);
        tables.put(group + "VolumeAttributesClass", StorageTables.VOLUME_ATTRIBUTES_CLASS);
        tables.put(group + "VolumeAttachment", StorageTables.VOLUME_ATTACHMENT);
        tables.put(group + "CSINode", StorageTables.CSI_NODE);
        tables.put(group + "CSIDriver", StorageTables.CSI_DRIVER);
        tables.put(group + "CSIStorageCapacity", StorageTables.CSI_STORAGE_CAPACITY);
    }

    private static void addPolicies(Map<String, Columns> tables) {
        tables.put("policy/PodDisruptionBudget", PolicyTables.POD_DISRUPTION_BUDGET);
        tables.put("scheduling.k8s.io/PriorityClass", PolicyTables.PRIORITY_CLASS);
        tables.put("node.k8s.io/RuntimeClass", PolicyTables.RUNTIME_CLASS);
        for (String scope : new String[] {"", "Cluster"}) {
            tables.put("rbac.authorization.k8s.io/" + scope + "Role", PolicyTables.ROLE);
            tables.put("rbac.authorization.k8s.io/" + scope + "RoleBinding", PolicyTables.BINDING);
        }
        tables.put(
                "certificates.k8s.io/CertificateSigningRequest",
                PolicyTables.CERTIFICATE_SIGNING_REQUEST);
        String admission = "admissionregistration.k8s.io/";
        tables.put(admission + "MutatingWebhookConfiguration", PolicyTables.WEBHOOKS);
        tables.put(admission + "ValidatingWebhookConfiguration", PolicyTables.WEBHOOKS);
        tables.put(
                admission + "ValidatingAdmissionPolicy", PolicyTables.VALIDATING_ADMISSION_POLICY);
        tables.put(admission + "MutatingAdmissionPolicy", PolicyTables.MUTATING_ADMISSION_POLICY);
        for (String policy : new String[] {"Validating", "Mutating"}) {
            tables.put(
                    admission + policy + "AdmissionPolicyBinding",
                    PolicyTables.ADMISSION_POLICY_BINDING);
        }
        String flow = "flowcontrol.apiserver.k8s.io/";
        tables.put(flow + "FlowSchema", PolicyTables.FLOW_SCHEMA);
        tables.put(flow + "PriorityLevelConfiguration", PolicyTables.PRIORITY_LEVEL);
        tables.put(
                "apiextensions.k8s.io/CustomResourceDefinition",
                ExtensionTables.CUSTOM_RESOURCE_DEFINITION);
        tables.put("apiregistration.k8s.io/APIService", ExtensionTables.API_SERVICE);
    }
}
