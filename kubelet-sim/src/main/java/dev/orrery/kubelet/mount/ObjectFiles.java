package dev.orrery.kubelet.mount;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a ConfigMap or a Secret. An object that is immutable is not looked at again, even if
 * another takes its name; one that is needed and goes away leaves its files behind.
 */
final class ObjectFiles<T extends HasMetadata> implements FileSource {

    private static final String ABSENT = "absent";

    private final Supplier<@Nullable T> informer;
    private final Function<T, SortedMap<String, byte[]>> bytes;
    private final Function<T, @Nullable Boolean> immutable;
    private final Keys keys;
    private final boolean optional;
    private volatile @Nullable T found;

    private ObjectFiles(
            Supplier<@Nullable T> informer,
            Function<T, SortedMap<String, byte[]>> bytes,
            Function<T, @Nullable Boolean> immutable,
            Keys keys,
            @Nullable Boolean optional) {
        this.informer = informer;
        this.bytes = bytes;
        this.immutable = immutable;
        this.keys = keys;
        this.optional = Boolean.TRUE.equals(optional);
        this.found = informer.get();
    }

    static ObjectFiles<ConfigMap> ofConfigMap(
            Supplier<@Nullable ConfigMap> informer,
            SharedBytes shared,
            Keys keys,
            @Nullable Boolean optional) {
        return new ObjectFiles<>(informer, shared::of, ConfigMap::getImmutable, keys, optional);
    }

    static ObjectFiles<Secret> ofSecret(
            Supplier<@Nullable Secret> informer,
            SharedBytes shared,
            Keys keys,
            @Nullable Boolean optional) {
        return new ObjectFiles<>(informer, shared::of, Secret::getImmutable, keys, optional);
    }

    @Override
    public Object look() {
        T before = found;
        if (before == null || !Boolean.TRUE.equals(immutable.apply(before))) {
            found = next(before, informer.get());
        }
        T current = found;
        return current == null ? ABSENT : SharedBytes.version("", current);
    }

    /** An object whose files are the same stays, too: then nothing is to be shown anew. */
    private @Nullable T next(@Nullable T before, @Nullable T now) {
        if (now == null) {
            return optional ? null : before;
        }
        if (before == null) {
            return now;
        }
        if (SharedBytes.version("", before).equals(SharedBytes.version("", now))) {
            return before;
        }
        SortedMap<String, byte[]> next = bytes.apply(now);
        boolean complete = optional || keys.allIn(next);
        return complete && !same(bytes.apply(before), next) ? now : before;
    }

    private static boolean same(SortedMap<String, byte[]> one, SortedMap<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream()
                        .allMatch(key -> Arrays.equals(one.get(key), other.get(key)));
    }

    @Override
    public void collect(Payload payload) {
        T current = found;
        keys.collect(
                current == null ? Collections.emptySortedMap() : bytes.apply(current), payload);
    }
}
