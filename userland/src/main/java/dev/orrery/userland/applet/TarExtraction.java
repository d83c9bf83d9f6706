package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.archive.TarHeader;
import dev.orrery.userland.archive.TarReader;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts an archive's members into the file system, under one folder and never beside it. */
final class TarExtraction implements TarReader.Members {

    private final Task task;
    private final String base;
    private final boolean writes;
    private final boolean keepTimes;
    private final List<String> wanted;
    private final TarReader reader = new TarReader(this);
    private final List<String> complaints = new ArrayList<>();
    private final StringBuilder names = new StringBuilder();
    private @Nullable RegularFile open;
    private @Nullable TarHeader header;
    private long position;
    private boolean failed;

    /**
     * @param writes or only tells the names
     * @param wanted empty for all
     */
    TarExtraction(Task task, String base, boolean writes, boolean keepTimes, List<String> wanted) {
        this.task = task;
        this.base = base;
        this.writes = writes;
        this.keepTimes = keepTimes;
        this.wanted = List.copyOf(wanted);
    }

    void take(byte[] bytes, int count) {
        reader.take(bytes, count);
    }

    boolean isWhole() {
        return reader.isWhole();
    }

    boolean failed() {
        return failed;
    }

    List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    String takeNames() {
        String taken = names.toString();
        names.setLength(0);
        return taken;
    }

    @Override
    public void begin(TarHeader next) {
        header = next;
        if (!isWanted(next.name())) {
            return;
        }
        names.append(next.name()).append('\n');
        if (!writes) {
            return;
        }
        try {
            put(next, path(next.name()));
        } catch (FileException refused) {
            complaints.add(next.name() + ": Cannot open: " + refused.getMessage());
            failed = true;
        }
    }

    private boolean isWanted(String name) {
        return wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(each ->
                                name.equals(each)
                                        || name.startsWith(each.endsWith("/") ? each : each + "/"));
    }

    private String path(String name) {
        String inside = name.replaceAll("^/+|/+$", "");
        if (List.of(inside.split("/")).contains("..")) {
            throw new FileException(Errno.EPERM);
        }
        return inside.isEmpty() || inside.equals(".")
                ? base
                : (base.equals("/") ? "" : base) + "/" + inside;
    }

    private void put(TarHeader next, String path) {
        FileSystem files = task.machine().files();
        switch (next.type()) {
            case TarHeader.DIRECTORY -> {
                makeFolders(path);
                changed(files.get(path, task.user()), next);
            }
            case TarHeader.SYMLINK, TarHeader.HARD_LINK -> {
                makeFolders(parent(path));
                if (files.find(path, task.user()) != null) {
                    files.remove(path, task.user());
                }
                if (next.type() == TarHeader.SYMLINK) {
                    files.link(next.link(), path, task.user());
                } else {
                    files.hardLink(path(next.link()), path, task.user());
                }
            }
            case TarHeader.FILE, '7' -> {
                makeFolders(parent(path));
                if (files.writable(path, next.mode() & 0777, true, task.user())
                        instanceof RegularFile file) {
                    file.truncate(0);
                    open = file;
                    position = 0;
                }
            }
            default -> complaints.add(next.name() + ": unknown kind of member, skipped");
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private void makeFolders(String path) {
        FileSystem files = task.machine().files();
        if (path.equals("/") || files.find(path, task.user()) instanceof Directory) {
            return;
        }
        makeFolders(parent(path));
        files.makeDirectory(path, 0777 & ~task.umask(), task.user());
    }

    private void changed(Node node, TarHeader from) {
        if (task.user().uid() == 0 || task.user().uid() == node.uid()) {
            node.mode(from.mode() & 07777);
        }
        if (keepTimes) {
            node.modified(Instant.ofEpochSecond(from.seconds()));
        }
    }

    @Override
    public void content(byte[] bytes, int offset, int count) {
        if (open != null) {
            open.write(position, bytes, offset, count);
            position += count;
        }
    }

    @Override
    public void end() {
        if (open != null && header != null) {
            changed(open, header);
        }
        open = null;
    }
}
