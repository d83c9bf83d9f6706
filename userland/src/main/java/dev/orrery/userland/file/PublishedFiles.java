package dev.orrery.userland.file;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * A volume whose files come from outside, all at once: they lie in a directory named after the
 * time, {@code ..data} points to it, and what users see points through {@code ..data}. A new set is
 * laid beside the old one, and one change of {@code ..data} shows it whole.
 */
public final class PublishedFiles {
    private static final String DATA = "..data";

    /** What follows the time is ten digits that were never used before in this volume. */
    private static final long FIRST_SUFFIX = 1_618_033_988L;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("'..'yyyy_MM_dd_HH_mm_ss.", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Volume volume;

    public PublishedFiles(Volume volume) {
        this.volume = volume;
    }

    /** A file of the set. */
    public static final class Item {
        private final byte[] content;
        private final int mode;
        private final User owner;

        /**
         * @param content shared with whoever else has it: nobody may change it
         */
        public Item(byte[] content, int mode, User owner) {
            this.content = content;
            this.mode = mode;
            this.owner = owner;
        }
    }

    /**
     * Shows these files and no others.
     *
     * @param items by their paths, relative and clean
     * @param directory mode of the directories
     * @param owner of directories and links
     */
    public synchronized void publish(SortedMap<String, Item> items, int directory, User owner) {
        Directory data = new Directory(volume, directory, owner);
        String stamp = STAMP.format(volume.now()) + (FIRST_SUFFIX + data.number());
        items.forEach((path, item) -> lay(data, path, item, directory, owner));
        Directory root = volume.root();
        String before = root.entries().get(DATA) instanceof Symlink link ? link.target() : null;
        root.put(stamp, data);
        root.put(DATA, new Symlink(volume, stamp, owner));
        showFirstNames(items.keySet(), owner);
        if (before != null) {
            clear(root, before);
        }
    }

    private void lay(Directory data, String path, Item item, int mode, User owner) {
        List<String> names = List.of(path.split("/"));
        Directory here = data;
        for (String name : names.subList(0, names.size() - 1)) {
            Node next = here.entries().get(name);
            if (!(next instanceof Directory)) {
                next = new Directory(volume, mode, owner);
                here.put(name, next);
            }
            here = (Directory) next;
        }
        RegularFile file = new RegularFile(volume, item.mode, item.owner, null);
        here.put(names.getLast(), file);
        file.lend(item.content);
    }

    private void showFirstNames(Iterable<String> paths, User owner) {
        TreeSet<String> wanted = new TreeSet<>();
        paths.forEach(path -> wanted.add(path.split("/", 2)[0]));
        Directory root = volume.root();
        for (Map.Entry<String, Node> entry : root.entries().entrySet()) {
            if (!wanted.remove(entry.getKey()) && !entry.getKey().startsWith("..")) {
                root.remove(entry.getKey());
            }
        }
        wanted.forEach(name -> root.put(name, new Symlink(volume, DATA + "/" + name, owner)));
    }

    /** Removes a directory and what is in it; who has a file of it open may go on reading. */
    private static void clear(Directory from, String name) {
        Node node = from.entries().get(name);
        if (node instanceof Directory directory) {
            List.copyOf(directory.entries().keySet()).forEach(each -> clear(directory, each));
        }
        from.remove(name);
    }
}
