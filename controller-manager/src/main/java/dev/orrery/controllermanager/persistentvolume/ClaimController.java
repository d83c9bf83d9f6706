package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.storage.Claims;
import dev.orrery.controllermanager.storage.StorageClasses;
import dev.orrery.controllermanager.storage.Volumes;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds claims their volumes. Keys are claims. */
public final class ClaimController implements Reconciler {

    private static final int WORKERS = 4;

    /** How often a claim without a volume says so, as Kubernetes' controller does. */
    private static final Duration TELL_AGAIN = Duration.ofSeconds(15);

    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<StorageClass> classes;
    private final Informer<Pod> pods;
    private final EventRecorder events;
    private final ClaimWriter claimWriter;
    private final VolumeWriter volumeWriter;

    private ClaimController(Surroundings surroundings) {
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
        this.volumes = surroundings.informers().of(PersistentVolume.class);
        this.classes = surroundings.informers().of(StorageClass.class);
        this.pods = surroundings.informers().of(Pod.class);
        this.events = surroundings.events();
        this.claimWriter = new ClaimWriter(surroundings.store());
        this.volumeWriter = new VolumeWriter(surroundings.store(), surroundings.clock());
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        ClaimController controller =
                new ClaimController(surroundings.recordingAs("persistentvolume-controller"));
        controller.addIndexes();
        ReconcileLoop loop =
                new ReconcileLoop("persistentvolumeclaim", controller, surroundings, WORKERS);
        loop.watch(controller.claims);
        loop.watch(controller.volumes, controller::claimsOf);
        loop.watch(controller.classes, controller::claimsOf);
        return loop;
    }

    private void addIndexes() {
        claims.addIndex(Claims.UNBOUND);
        claims.addIndex(Claims.BY_VOLUME);
        volumes.addIndex(Volumes.FREE);
        volumes.addIndex(Volumes.BY_CLAIM);
        pods.addIndex(Claims.USERS);
    }

    /** Those that it is for or that name it; of a free one, those that may want it. */
    private Collection<Key> claimsOf(PersistentVolume volume) {
        List<Key> keys = new ArrayList<>();
        Key claim = Volumes.claim(volume);
        if (claim != null) {
            keys.add(claim);
        } else {
            keys.addAll(unbound(Volumes.className(volume)));
        }
        claims.byIndex(Claims.BY_VOLUME, volume.getMetadata().getName())
                .forEach(each -> keys.add(Key.of(each)));
        return keys;
    }

    private Collection<Key> claimsOf(StorageClass storageClass) {
        List<Key> keys = new ArrayList<>(unbound(storageClass.getMetadata().getName()));
        keys.addAll(unbound(""));
        return keys;
    }

    private Collection<Key> unbound(String className) {
        return claims.byIndex(Claims.UNBOUND, className).stream().map(Key::of).toList();
    }

    @Override
    public Result reconcile(Key key) {
        PersistentVolumeClaim claim = claims.get(key.namespace(), key.name());
        if (claim == null) {
            return Result.DONE;
        }
        return switch (ClaimPlan.of(claim, view(claim))) {
            case ClaimPlan.Bind(PersistentVolume volume) -> bind(claim, volume);
            case ClaimPlan.Pend pend -> pend(claim, pend);
            case ClaimPlan.Lose(Notice notice) -> lose(claim, notice);
            case ClaimPlan.AskFor(String provisioner) -> askFor(claim, provisioner);
            case ClaimPlan.TakeClass(String name) -> {
                claimWriter.takeClass(claim, name);
                yield Result.DONE;
            }
        };
    }

    private ClaimView view(PersistentVolumeClaim claim) {
        String named = Claims.volumeName(claim);
        String className = Claims.className(claim);
        List<PersistentVolume> candidates =
                new ArrayList<>(volumes.byIndex(Volumes.BY_CLAIM, Claims.path(claim)));
        candidates.addAll(volumes.byIndex(Volumes.FREE, className));
        return new ClaimView(
                named.isEmpty() ? null : volumes.get("", named),
                candidates,
                className.isEmpty() ? null : classes.get("", className),
                Claims.hasClass(claim)
                        ? Optional.empty()
                        : StorageClasses.defaultAmong(classes.list()),
                waitingPods(claim));
    }

    private List<String> waitingPods(PersistentVolumeClaim claim) {
        return pods.byIndex(Claims.USERS, Claims.path(claim)).stream()
                .filter(pod -> Pods.nodeName(pod).isEmpty() && !Pods.isEnded(pod))
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }

    /** The volume first: until it knows its claim, another claim may take it. */
    private Result bind(PersistentVolumeClaim claim, PersistentVolume volume) {
        PersistentVolume bound = volumeWriter.bind(volume, claim);
        volumeWriter.enter(bound, "Bound", "");
        claimWriter.becomeBound(claimWriter.bind(claim, bound), bound);
        return Result.DONE;
    }

    private Result pend(PersistentVolumeClaim claim, ClaimPlan.Pend pend) {
        pend.notice().ifPresent(notice -> notice.tell(events, claim));
        claimWriter.becomeUnbound(claim, "Pending");
        return Result.again(TELL_AGAIN);
    }

    private Result lose(PersistentVolumeClaim claim, Notice notice) {
        if (!Claims.phase(claim).equals("Lost")) {
            notice.tell(events, claimWriter.becomeUnbound(claim, "Lost"));
        }
        return Result.DONE;
    }

    private Result askFor(PersistentVolumeClaim claim, String provisioner) {
        PersistentVolumeClaim asking = claimWriter.askFor(claim, provisioner);
        events.normal(
                asking,
                "ExternalProvisioning",
                ("Waiting for a volume to be created either by the external provisioner '%s' or"
                                + " manually by the system administrator. If volume creation is"
                                + " delayed, please verify that the provisioner is running and"
                                + " correctly registered.")
                        .formatted(provisioner));
        return Result.again(TELL_AGAIN);
    }
}
