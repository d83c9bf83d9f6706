package dev.orrery.userland.file;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Names and what they stand for, in byte order. */
public final class Directory extends Node {
    private static final int ENTRY_BYTES = 64;

    private final ConcurrentSkipListMap<String, Node> entries = new ConcurrentSkipListMap<>();

    Directory(Volume volume, int mode, User owner) {
        super(volume, mode, owner);
    }

    public @Nullable Node get(String name) {
        return entries.get(name);
    }

    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    void put(String name, Node node) {
        if (entries.put(name, node) == null) {
            volume().grow(ENTRY_BYTES + name.length());
        }
        modified(volume().now());
    }

    void remove(String name) {
        Node node = entries.remove(name);
        if (node != null) {
            volume().grow(-ENTRY_BYTES - name.length());
            if (node instanceof RegularFile file && !node.volume().hasOther(this, node)) {
                file.forget();
            }
        }
        modified(volume().now());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public long size() {
        return 4096;
    }

    @Override
    public char letter() {
        return 'd';
    }
}
