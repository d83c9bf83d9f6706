package dev.orrery.apiserver.kind;

import static dev.orrery.apiserver.kind.Trait.CONDITIONAL_UPDATE_ONLY;
import static dev.orrery.apiserver.kind.Trait.GENERATION;
import static dev.orrery.apiserver.kind.Trait.ORPHANS_BY_DEFAULT;

import dev.orrery.machinery.log.GroupResource;
import java.util.List;

/** What runs pods, and what scales and guards them. */
final class WorkloadKinds {

    private static final String APPS = "apps";
    private static final String AUTOSCALING = "autoscaling";
    private static final String HPA = "HorizontalPodAutoscaler";
    private static final String HPAS = "horizontalpodautoscalers";

    private WorkloadKinds() {}

    static List<Row> rows() {
        return List.of(
                Row.of(APPS, "ControllerRevision", "controllerrevisions"),
                apps("DaemonSet", "daemonsets", "ds").status(),
                apps("Deployment", "deployments", "deploy").scale().status(),
                apps("ReplicaSet", "replicasets", "rs").scale().status(),
                apps("StatefulSet", "statefulsets", "sts").scale().status(),
                Row.of(AUTOSCALING, "v2", HPA, HPAS).shortNames("hpa").categories("all").status(),
                Row.of(AUTOSCALING, "v1", HPA, HPAS)
                        .shortNames("hpa")
                        .categories("all")
                        .storedAs(
                                new GroupResource(AUTOSCALING, HPAS),
                                new HorizontalPodAutoscalerV1())
                        .status(),
                Row.of("batch", "CronJob", "cronjobs")
                        .shortNames("cj")
                        .categories("all")
                        .traits(GENERATION)
                        .status(),
                Row.of("batch", "Job", "jobs")
                        .categories("all")
                        .traits(GENERATION, ORPHANS_BY_DEFAULT)
                        .status(),
                Row.of("policy", "PodDisruptionBudget", "poddisruptionbudgets")
                        .shortNames("pdb")
                        .traits(GENERATION, CONDITIONAL_UPDATE_ONLY)
                        .status());
    }

    private static Row apps(String kind, String plural, String shortName) {
        return Row.of(APPS, kind, plural)
                .shortNames(shortName)
                .categories("all")
                .traits(GENERATION);
    }
}
