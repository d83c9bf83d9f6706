package dev.orrery.apiserver.rules.kind;

import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.admission.MutatingPolicyRules;
import dev.orrery.apiserver.rules.admission.PolicyBindingRules;
import dev.orrery.apiserver.rules.admission.ValidatingPolicyRules;
import dev.orrery.apiserver.rules.admission.WebhookRules;
import dev.orrery.apiserver.rules.cluster.EventRules;
import dev.orrery.apiserver.rules.cluster.LeaseRules;
import dev.orrery.apiserver.rules.cluster.NamespaceRules;
import dev.orrery.apiserver.rules.cluster.NodeRules;
import dev.orrery.apiserver.rules.config.ConfigMapRules;
import dev.orrery.apiserver.rules.config.SecretRules;
import dev.orrery.apiserver.rules.network.EndpointSliceRules;
import dev.orrery.apiserver.rules.network.EndpointsRules;
import dev.orrery.apiserver.rules.network.IngressRules;
import dev.orrery.apiserver.rules.network.IpAddressRules;
import dev.orrery.apiserver.rules.network.NetworkPolicyRules;
import dev.orrery.apiserver.rules.network.ServiceCidrRules;
import dev.orrery.apiserver.rules.network.ServiceRules;
import dev.orrery.apiserver.rules.pod.PodRules;
import dev.orrery.apiserver.rules.policy.AutoscalerRules;
import dev.orrery.apiserver.rules.policy.LimitRangeRules;
import dev.orrery.apiserver.rules.policy.PodDisruptionBudgetRules;
import dev.orrery.apiserver.rules.policy.PriorityClassRules;
import dev.orrery.apiserver.rules.policy.ResourceQuotaRules;
import dev.orrery.apiserver.rules.policy.RoleBindingRules;
import dev.orrery.apiserver.rules.policy.RoleRules;
import dev.orrery.apiserver.rules.policy.RuntimeClassRules;
import dev.orrery.apiserver.rules.storage.PersistentVolumeClaimRules;
import dev.orrery.apiserver.rules.storage.PersistentVolumeRules;
import dev.orrery.apiserver.rules.storage.StorageClassRules;
import dev.orrery.apiserver.rules.workload.ControllerRevisionRules;
import dev.orrery.apiserver.rules.workload.CronJobRules;
import dev.orrery.apiserver.rules.workload.DaemonSetRules;
import dev.orrery.apiserver.rules.workload.DeploymentRules;
import dev.orrery.apiserver.rules.workload.JobRules;
import dev.orrery.apiserver.rules.workload.PodTemplateRules;
import dev.orrery.apiserver.rules.workload.ReplicaSetRules;
import dev.orrery.apiserver.rules.workload.ReplicationControllerRules;
import dev.orrery.apiserver.rules.workload.StatefulSetRules;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import java.util.HashMap;
import java.util.Map;

/** Which rules a built-in kind has, by where it is stored. */
public final class BuiltInRules {

    private static final Map<String, Rules> RULES = rules();

    private BuiltInRules() {}

    /** For a kind that has no rules of its own: what its schema requires. */
    public static Rules of(GroupResource storage, String version, String kind) {
        Rules own = RULES.get(storage.group() + "/" + storage.resource());
        if (own != null) {
            return own;
        }
        StructType type = Schemas.kubernetes().kind(storage.group(), version, kind);
        return type == null ? Rules.NONE : new RequiredFields(type);
    }

    private static Map<String, Rules> rules() {
        Map<String, Rules> rules = new HashMap<>();
        addWorkloads(rules);
        addCore(rules);
        addNetwork(rules);
        addPolicies(rules);
        addAdmission(rules);
        return Map.copyOf(rules);
    }

    private static void addWorkloads(Map<String, Rules> rules) {
        rules.put("/pods", new PodRules());
        rules.put("/podtemplates", new PodTemplateRules());
        rules.put("/replicationcontrollers", new ReplicationControllerRules());
        rules.put("apps/deployments", new DeploymentRules());
        rules.put("apps/replicasets", new ReplicaSetRules());
        rules.put("apps/daemonsets", new DaemonSetRules());
        rules.put("apps/statefulsets", new StatefulSetRules());
        rules.put("apps/controllerrevisions", new ControllerRevisionRules());
        rules.put("batch/jobs", new JobRules());
        rules.put("batch/cronjobs", new CronJobRules());
    }

    private static void addCore(Map<String, Rules> rules) {
        rules.put("/namespaces", new NamespaceRules());
        rules.put("/nodes", new NodeRules());
        rules.put("/configmaps", new ConfigMapRules());
        rules.put("/secrets", new SecretRules());
        rules.put("/events", new EventRules());
        rules.put("/persistentvolumes", new PersistentVolumeRules());
        rules.put("/persistentvolumeclaims", new PersistentVolumeClaimRules());
        rules.put("storage.k8s.io/storageclasses", new StorageClassRules());
        rules.put("coordination.k8s.io/leases", new LeaseRules());
    }

    private static void addNetwork(Map<String, Rules> rules) {
        rules.put("/services", new ServiceRules());
        rules.put("/endpoints", new EndpointsRules());
        rules.put("discovery.k8s.io/endpointslices", new EndpointSliceRules());
        rules.put("networking.k8s.io/ingresses", new IngressRules());
        rules.put("networking.k8s.io/networkpolicies", new NetworkPolicyRules());
        rules.put("networking.k8s.io/ipaddresses", new IpAddressRules());
        rules.put("networking.k8s.io/servicecidrs", new ServiceCidrRules());
    }

    private static void addPolicies(Map<String, Rules> rules) {
        rules.put("/limitranges", new LimitRangeRules());
        rules.put("/resourcequotas", new ResourceQuotaRules());
        rules.put("policy/poddisruptionbudgets", new PodDisruptionBudgetRules());
        rules.put("scheduling.k8s.io/priorityclasses", new PriorityClassRules());
        rules.put("autoscaling/horizontalpodautoscalers", new AutoscalerRules());
        rules.put("node.k8s.io/runtimeclasses", new RuntimeClassRules());
        String rbac = "rbac.authorization.k8s.io/";
        rules.put(rbac + "roles", new RoleRules(true));
        rules.put(rbac + "clusterroles", new RoleRules(false));
        rules.put(rbac + "rolebindings", new RoleBindingRules(true));
        rules.put(rbac + "clusterrolebindings", new RoleBindingRules(false));
    }

    private static void addAdmission(Map<String, Rules> rules) {
        String admission = "admissionregistration.k8s.io/";
        rules.put(admission + "validatingadmissionpolicies", new ValidatingPolicyRules());
        rules.put(admission + "validatingadmissionpolicybindings", new PolicyBindingRules(true));
        rules.put(admission + "mutatingadmissionpolicies", new MutatingPolicyRules());
        rules.put(admission + "mutatingadmissionpolicybindings", new PolicyBindingRules(false));
        rules.put(admission + "validatingwebhookconfigurations", new WebhookRules(false));
        rules.put(admission + "mutatingwebhookconfigurations", new WebhookRules(true));
    }
}
