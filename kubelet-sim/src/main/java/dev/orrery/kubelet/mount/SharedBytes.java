package dev.orrery.kubelet.mount;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The contents of ConfigMaps and Secrets as files hold them: of each version once, however many
 * pods mount it, and only while any does. For any thread.
 */
public final class SharedBytes {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<SortedMap<String, byte[]>> unused = new ReferenceQueue<>();

    private static final class Entry extends WeakReference<SortedMap<String, byte[]>> {
        private final String key;

        Entry(
                String key,
                SortedMap<String, byte[]> bytes,
                ReferenceQueue<SortedMap<String, byte[]>> unused) {
            super(bytes, unused);
            this.key = key;
        }
    }

    /** By key; whoever keeps the map keeps it for all. Nobody may change the bytes. */
    SortedMap<String, byte[]> of(ConfigMap map) {
        return shared(
                version("configmap", map),
                () -> {
                    SortedMap<String, byte[]> bytes = new TreeMap<>();
                    map.getData()
                            .forEach((key, text) ->
                                    bytes.put(key, text.getBytes(StandardCharsets.UTF_8)));
                    map.getBinaryData().forEach((key, text) -> bytes.put(key, decoded(text)));
                    return bytes;
                });
    }

    SortedMap<String, byte[]> of(Secret secret) {
        return shared(
                version("secret", secret),
                () -> {
                    SortedMap<String, byte[]> bytes = new TreeMap<>();
                    secret.getData().forEach((key, text) -> bytes.put(key, decoded(text)));
                    return bytes;
                });
    }

    static String version(String kind, HasMetadata object) {
        return kind
                + "/"
                + object.getMetadata().getUid()
                + "/"
                + object.getMetadata().getResourceVersion();
    }

    private SortedMap<String, byte[]> shared(
            String version, Supplier<SortedMap<String, byte[]>> made) {
        forgetUnused();
        Entry known = entries.get(version);
        SortedMap<String, byte[]> bytes = known == null ? null : known.get();
        if (bytes == null) {
            bytes = Collections.unmodifiableSortedMap(made.get());
            entries.put(version, new Entry(version, bytes, unused));
        }
        return bytes;
    }

    private void forgetUnused() {
        for (Reference<?> gone = unused.poll(); gone != null; gone = unused.poll()) {
            if (gone instanceof Entry entry) {
                entries.remove(entry.key, entry);
            }
        }
    }

    int size() {
        forgetUnused();
        return entries.size();
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
