package dev.orrery.apiserver.rules.kind;

import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.pod.PodRules;
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
import java.util.HashMap;
import java.util.Map;

/** Which rules a built-in kind has, by where it is stored. */
public final class BuiltInRules {

    private static final Map<String, Rules> RULES = rules();

    private BuiltInRules() {}

    /** {@link Rules#NONE} for a kind that has no rules of its own. */
    public static Rules of(GroupResource storage) {
        return RULES.getOrDefault(storage.group() + "/" + storage.resource(), Rules.NONE);
    }

    private static Map<String, Rules> rules() {
        Map<String, Rules> rules = new HashMap<>();
        addWorkloads(rules);
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
}
