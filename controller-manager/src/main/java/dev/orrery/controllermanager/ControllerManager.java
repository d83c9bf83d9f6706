package dev.orrery.controllermanager;

import dev.orrery.controllermanager.certificate.CertificateAuthority;
import dev.orrery.controllermanager.certificate.SigningController;
import dev.orrery.controllermanager.clusterrole.ClusterRoleAggregation;
import dev.orrery.controllermanager.cronjob.CronJobController;
import dev.orrery.controllermanager.daemonset.DaemonSetController;
import dev.orrery.controllermanager.deployment.DeploymentController;
import dev.orrery.controllermanager.disruption.DisruptionController;
import dev.orrery.controllermanager.disruption.StaleDisruptions;
import dev.orrery.controllermanager.endpoints.EndpointsController;
import dev.orrery.controllermanager.endpointslice.EndpointSliceController;
import dev.orrery.controllermanager.endpointslice.MirroringController;
import dev.orrery.controllermanager.ephemeralvolume.EphemeralVolumeController;
import dev.orrery.controllermanager.expansion.ExpansionController;
import dev.orrery.controllermanager.flowschema.FlowSchemaController;
import dev.orrery.controllermanager.garbage.GarbageCollector;
import dev.orrery.controllermanager.job.JobController;
import dev.orrery.controllermanager.namespace.NamespaceController;
import dev.orrery.controllermanager.nodelifecycle.NodeLifecycle;
import dev.orrery.controllermanager.persistentvolume.ClaimController;
import dev.orrery.controllermanager.persistentvolume.VolumeController;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.podautoscaler.HorizontalController;
import dev.orrery.controllermanager.podgc.PodGarbageCollector;
import dev.orrery.controllermanager.provisioner.DeletionController;
import dev.orrery.controllermanager.provisioner.ProvisionController;
import dev.orrery.controllermanager.provisioner.StandardClassController;
import dev.orrery.controllermanager.replicaset.ReplicaSetController;
import dev.orrery.controllermanager.replicationcontroller.ReplicationControllers;
import dev.orrery.controllermanager.resourcequota.ResourceQuotaController;
import dev.orrery.controllermanager.rootca.RootCaController;
import dev.orrery.controllermanager.serviceaccount.ServiceAccountController;
import dev.orrery.controllermanager.serviceaccounttoken.TokenController;
import dev.orrery.controllermanager.servicecidr.ServiceCidrController;
import dev.orrery.controllermanager.statefulset.StatefulSetController;
import dev.orrery.controllermanager.tainteviction.TaintEviction;
import dev.orrery.controllermanager.ttl.TtlController;
import dev.orrery.controllermanager.volumeprotection.ClaimProtection;
import dev.orrery.controllermanager.volumeprotection.VolumeProtection;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Latency;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All control loops, each writing as the account that Kubernetes knows it by. Made before the
 * informers start, as it registers what it reads; works from {@link #start} to {@link #stop}.
 */
public final class ControllerManager {

    private final List<ReconcileLoop> loops;

    public ControllerManager(Surroundings surroundings, ControllerManagerConfig config) {
        Informer<Pod> pods = surroundings.informers().of(Pod.class);
        pods.addIndex(Pods.ORPHANS);
        pods.addIndex(Pods.BY_NODE);
        Function<String, Surroundings> as = surroundings::actingAs;
        List<ReconcileLoop> all =
                List.of(
                        DeploymentController.loop(as.apply("deployment-controller")),
                        ReplicaSetController.loop(as.apply("replicaset-controller")),
                        ReplicationControllers.loop(as.apply("replication-controller")),
                        StatefulSetController.loop(as.apply("statefulset-controller")),
                        DaemonSetController.loop(as.apply("daemon-set-controller")),
                        JobController.loop(as.apply("job-controller")),
                        JobController.orphans(as.apply("job-controller")),
                        TtlController.loop(as.apply("ttl-after-finished-controller")),
                        CronJobController.loop(as.apply("cronjob-controller")),
                        GarbageCollector.loop(as.apply("generic-garbage-collector")),
                        NamespaceController.loop(as.apply("namespace-controller")),
                        DisruptionController.loop(as.apply("disruption-controller")),
                        FlowSchemaController.loop(as.apply("orrery-flow-schemas")),
                        ServiceCidrController.loop(as.apply("service-cidrs-controller")),
                        HorizontalController.loop(as.apply("horizontal-pod-autoscaler")),
                        StaleDisruptions.loop(as.apply("disruption-controller")),
                        EndpointsController.loop(as.apply("endpoint-controller")),
                        EndpointSliceController.loop(as.apply("endpointslice-controller")),
                        MirroringController.loop(as.apply("endpointslicemirroring-controller")),
                        ServiceAccountController.loop(as.apply("service-account-controller")),
                        TokenController.loop(surroundings, config.rootCertificate()),
                        ResourceQuotaController.loop(as.apply("resourcequota-controller")),
                        RootCaController.loop(
                                as.apply("root-ca-cert-publisher"), config.rootCertificate()),
                        ClusterRoleAggregation.loop(as.apply("clusterrole-aggregation-controller")),
                        ClaimController.loop(as.apply("persistent-volume-binder")),
                        VolumeController.loop(as.apply("persistent-volume-binder")),
                        ClaimProtection.loop(as.apply("pvc-protection-controller")),
                        VolumeProtection.loop(as.apply("pv-protection-controller")),
                        StandardClassController.loop(as.apply("orrery-provisioner")),
                        ProvisionController.loop(as.apply("orrery-provisioner")),
                        DeletionController.loop(as.apply("orrery-provisioner")),
                        ExpansionController.loop(as.apply("expand-controller")),
                        EphemeralVolumeController.loop(as.apply("ephemeral-volume-controller")),
                        NodeLifecycle.loop(as.apply("node-controller")),
                        TaintEviction.loop(as.apply("node-controller")),
                        PodGarbageCollector.loop(as.apply("pod-garbage-collector")));
        CertificateAuthority authority = config.authority();
        loops = new ArrayList<>(all);
        if (authority != null) {
            loops.add(SigningController.loop(as.apply("certificate-controller"), authority));
        }
    }

    public void start() {
        loops.forEach(ReconcileLoop::start);
    }

    public void stop() {
        loops.forEach(ReconcileLoop::stop);
    }

    /** How long reconciles took, in milliseconds: of all loops, and of each that did anything. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        Latency all = Latency.NONE;
        for (ReconcileLoop loop : loops) {
            Latency latency = loop.latency();
            all = all.plus(latency);
            if (latency.count() > 0) {
                figures.put("reconcile." + loop.name() + ".p99", millis(latency, 99));
                figures.put("reconcile." + loop.name() + ".count", (double) latency.count());
            }
        }
        figures.put("reconcile.p50", millis(all, 50));
        figures.put("reconcile.p99", millis(all, 99));
        figures.put("reconcile.count", (double) all.count());
        return figures;
    }

    private static double millis(Latency latency, double percent) {
        return latency.percentile(percent).toNanos() / 1e6;
    }

    /** For metrics and tests. */
    public List<ReconcileLoop> loops() {
        return List.copyOf(loops);
    }
}
