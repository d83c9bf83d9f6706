package dev.orrery.machinery.event;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of bounded size that forgets what was not used for longest. */
final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

    private final transient int bound;

    RecentlyUsed(int bound) {
        super(16, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
