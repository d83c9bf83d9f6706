package dev.orrery.userland.file;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
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
        refresh();
        return entries.get(name);
    }

    public List<String> names() {
        refresh();
        return List.copyOf(entries.keySet());
    }

    private void refresh() {
        if (volume().root() == this) {
            volume().refresh().run();
        }
    }

    /** As they are, without asking whether they are current. */
    SortedMap<String, Node> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    void put(String name, Node node) {
        synchronized (volume()) {
            Node before = entries.get(name);
            if (before == null) {
                volume().grow(ENTRY_BYTES + name.length());
            } else {
                unnamed(before);
            }
            node.named(1);
            entries.put(name, node);
            touched();
            volume().journal().entered(this, name, node);
        }
    }

    void remove(String name) {
        synchronized (volume()) {
            Node node = entries.remove(name);
            if (node != null) {
                volume().grow(-ENTRY_BYTES - name.length());
                unnamed(node);
            }
            touched();
            volume().journal().left(this, name);
        }
    }

    private static void unnamed(Node node) {
        node.named(-1);
        if (node instanceof RegularFile file && node.named() == 0) {
            file.forget();
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public int links() {
        return 2 + (int) entries.values().stream().filter(Directory.class::isInstance).count();
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
