package dev.orrery.controllermanager;

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
import dev.orrery.controllermanager.rootca.RootCaController;
import dev.orrery.controllermanager.serviceaccount.ServiceAccountController;
import dev.orrery.controllermanager.servicecidr.ServiceCidrController;
import dev.orrery.controllermanager.statefulset.StatefulSetController;
import dev.orrery.controllermanager.tainteviction.TaintEviction;
import dev.orrery.controllermanager.ttl.TtlController;
import dev.orrery.controllermanager.volumeprotection.ClaimProtection;
import dev.orrery.controllermanager.volumeprotection.VolumeProtection;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * All control loops. Made before the informers start, as it registers what it reads; works from
 * {@link #start} to {@link #stop}.
 */
public final class ControllerManager {

    private final List<ReconcileLoop> loops;

    public ControllerManager(Surroundings surroundings, ControllerManagerConfig config) {
        Informer<Pod> pods = surroundings.informers().of(Pod.class);
        pods.addIndex(Pods.ORPHANS);
        pods.addIndex(Pods.BY_NODE);
        loops =
                List.of(
                        DeploymentController.loop(surroundings),
                        ReplicaSetController.loop(surroundings),
                        ReplicationControllers.loop(surroundings),
                        StatefulSetController.loop(surroundings),
                        DaemonSetController.loop(surroundings),
                        JobController.loop(surroundings),
                        JobController.orphans(surroundings),
                        TtlController.loop(surroundings),
                        CronJobController.loop(surroundings),
                        GarbageCollector.loop(surroundings),
                        NamespaceController.loop(surroundings),
                        DisruptionController.loop(surroundings),
                        ServiceCidrController.loop(surroundings),
                        HorizontalController.loop(surroundings),
                        StaleDisruptions.loop(surroundings),
                        EndpointsController.loop(surroundings),
                        EndpointSliceController.loop(surroundings),
                        MirroringController.loop(surroundings),
                        ServiceAccountController.loop(surroundings),
                        RootCaController.loop(surroundings, config.rootCertificate()),
                        ClaimController.loop(surroundings),
                        VolumeController.loop(surroundings),
                        ClaimProtection.loop(surroundings),
                        VolumeProtection.loop(surroundings),
                        StandardClassController.loop(surroundings),
                        ProvisionController.loop(surroundings),
                        DeletionController.loop(surroundings),
                        ExpansionController.loop(surroundings),
                        EphemeralVolumeController.loop(surroundings),
                        NodeLifecycle.loop(surroundings),
                        TaintEviction.loop(surroundings),
                        PodGarbageCollector.loop(surroundings));
    }

    public void start() {
        loops.forEach(ReconcileLoop::start);
    }

    public void stop() {
        loops.forEach(ReconcileLoop::stop);
    }

    /** For metrics and tests. */
    public List<ReconcileLoop> loops() {
        return loops;
    }
}
