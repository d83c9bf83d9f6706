package dev.orrery.kubelet.mount;

import dev.orrery.userland.file.PublishedFiles;
import dev.orrery.userland.file.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume of files that the kubelet provides. They are laid out when somebody first looks into it,
 * and anew when somebody looks and a source has changed: nobody waits for a change, and a volume
 * that nobody looks into costs nothing. For any thread.
 */
final class PublishedVolume {

    private static final int DIRECTORY = 0755;
    private static final int GROUP_DIRECTORY = 02775;

    private final Volume volume;
    private final PublishedFiles files;
    private final List<FileSource> sources;
    private final @Nullable Long group;
    private volatile @Nullable List<Object> shown;

    /** Keeps what is shared with other volumes while this one shows it. */
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private List<Object> kept = List.of();

    PublishedVolume(Volume volume, List<FileSource> sources, @Nullable Long group) {
        this.volume = volume;
        this.files = new PublishedFiles(volume);
        this.sources = sources;
        this.group = group;
        volume.refreshedBy(this::refresh);
    }

    Volume volume() {
        return volume;
    }

    /** Looks first, which may block and so is outside the lock. */
    private void refresh() {
        List<Object> now = sources.stream().map(FileSource::look).toList();
        if (!now.equals(shown)) {
            show(now);
        }
    }

    private synchronized void show(List<Object> now) {
        if (now.equals(shown)) {
            return;
        }
        Payload payload = new Payload(group);
        sources.forEach(source -> source.collect(payload));
        files.publish(
                payload.items(), group == null ? DIRECTORY : GROUP_DIRECTORY, payload.owner(0));
        kept = payload.kept();
        shown = now;
    }
}
