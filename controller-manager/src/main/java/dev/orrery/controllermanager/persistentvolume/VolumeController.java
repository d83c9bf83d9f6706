package dev.orrery.controllermanager.persistentvolume;

import dev.orrery.controllermanager.storage.Claims;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps volumes' phases true, and reclaims volumes whose claims are gone. Keys are volumes. */
public final class VolumeController implements Reconciler {

    private static final int WORKERS = 4;

    private final Informer<PersistentVolume> volumes;
    private final Informer<PersistentVolumeClaim> claims;
    private final EventRecorder events;
    private final VolumeWriter writer;

    private VolumeController(Surroundings surroundings) {
        this.volumes = surroundings.informers().of(PersistentVolume.class);
        this.claims = surroundings.informers().of(PersistentVolumeClaim.class);
        this.events = surroundings.events();
        this.writer = new VolumeWriter(surroundings.store(), surroundings.clock());
    }

    public static ReconcileLoop loop(Surroundings surroundings) {
        VolumeController controller =
                new VolumeController(surroundings.recordingAs("persistentvolume-controller"));
        controller.volumes.addIndex(Volumes.BY_CLAIM);
        ReconcileLoop loop =
                new ReconcileLoop("persistentvolume", controller, surroundings, WORKERS);
        loop.watch(controller.volumes);
        loop.watch(controller.claims, controller::volumesOf);
        return loop;
    }

    private List<Key> volumesOf(PersistentVolumeClaim claim) {
        List<Key> keys = new ArrayList<>();
        volumes.byIndex(Volumes.BY_CLAIM, Claims.path(claim))
                .forEach(each -> keys.add(Key.of(each)));
        return keys;
    }

    @Override
    public Result reconcile(Key key) {
        PersistentVolume volume = volumes.get("", key.name());
        if (volume == null) {
            return Result.DONE;
        }
        PersistentVolumeClaim claim = claimOf(volume);
        switch (VolumePlan.of(volume, claim)) {
            case VolumePlan.Leave() -> {}
            case VolumePlan.Enter(String phase) -> writer.enter(volume, phase, "");
            case VolumePlan.Unbind() -> free(volume);
            case VolumePlan.Mismatch(Notice onVolume, Notice onClaim) -> {
                onVolume.tell(events, volume);
                if (claim != null) {
                    onClaim.tell(events, claim);
                }
            }
            case VolumePlan.Reclaim(VolumePlan.Reclaiming how) -> reclaim(volume, how);
        }
        return Result.DONE;
    }

    private @Nullable PersistentVolumeClaim claimOf(PersistentVolume volume) {
        Key key = Volumes.claim(volume);
        return key == null ? null : claims.get(key.namespace(), key.name());
    }

    private void free(PersistentVolume volume) {
        writer.enter(writer.unbind(volume), "Available", "");
    }

    private void reclaim(PersistentVolume volume, VolumePlan.Reclaiming how) {
        boolean failed = Volumes.phase(volume).equals("Failed");
        PersistentVolume released = failed ? volume : writer.enter(volume, "Released", "");
        switch (how) {
            case VolumePlan.Reclaiming.Keep() -> {}
            case VolumePlan.Reclaiming.Delete() -> writer.delete(released);
            case VolumePlan.Reclaiming.Recycle() -> {
                free(released);
                events.normal(volume, "VolumeRecycled", "Volume recycled");
            }
            case VolumePlan.Reclaiming.Fail(Notice notice) -> {
                if (!failed) {
                    notice.tell(events, writer.enter(released, "Failed", notice.message()));
                }
            }
        }
    }
}
