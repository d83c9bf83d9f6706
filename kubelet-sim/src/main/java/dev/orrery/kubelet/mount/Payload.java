package dev.orrery.kubelet.mount;

import dev.orrery.userland.file.PublishedFiles;
import dev.orrery.userland.file.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that a volume is to show, as its sources name them: of two with one path the later one
 * stays. Group of all, and readable by it, is the pod's fsGroup where it has one.
 */
final class Payload {

    private static final int GROUP_READS = 0440;

    private final SortedMap<String, PublishedFiles.Item> items = new TreeMap<>();
    private final List<Object> shared = new ArrayList<>();
    private final @Nullable Long group;

    Payload(@Nullable Long group) {
        this.group = group;
    }

    void put(String path, byte[] content, int mode) {
        put(path, content, mode, 0);
    }

    void put(String path, byte[] content, int mode, long uid) {
        int bits = group == null ? mode : mode | GROUP_READS;
        items.put(clean(path), new PublishedFiles.Item(content, bits, owner(uid)));
    }

    /** What has to be kept as long as these files are shown. */
    void keep(Object bytes) {
        shared.add(bytes);
    }

    List<Object> kept() {
        return List.copyOf(shared);
    }

    SortedMap<String, PublishedFiles.Item> items() {
        return items;
    }

    User owner(long uid) {
        return new User((int) uid, group == null ? 0 : group.intValue(), Set.of());
    }

    private static String clean(String path) {
        return path.replaceAll("/+", "/").replaceAll("^\\./|/$", "");
    }
}
