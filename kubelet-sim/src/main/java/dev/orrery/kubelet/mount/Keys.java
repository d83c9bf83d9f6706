package dev.orrery.kubelet.mount;

import io.fabric8.kubernetes.api.model.KeyToPath;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which keys become files, where, and with which mode.
 *
 * @param items all keys under their own names where there are none
 */
record Keys(List<KeyToPath> items, int defaultMode) {

    static final int USUAL_MODE = 0644;

    static Keys of(@Nullable List<KeyToPath> items, @Nullable Integer defaultMode) {
        return new Keys(
                items == null ? List.of() : items,
                Objects.requireNonNullElse(defaultMode, USUAL_MODE));
    }

    void collect(SortedMap<String, byte[]> bytes, Payload payload) {
        payload.keep(bytes);
        if (items.isEmpty()) {
            bytes.forEach((key, content) -> payload.put(key, content, defaultMode));
            return;
        }
        for (KeyToPath item : items) {
            byte[] content = bytes.get(item.getKey());
            if (content != null) {
                int mode = Objects.requireNonNullElse(item.getMode(), defaultMode);
                payload.put(item.getPath(), content, mode);
            }
        }
    }

    boolean allIn(SortedMap<String, byte[]> bytes) {
        return items.stream().allMatch(item -> bytes.containsKey(item.getKey()));
    }
}
