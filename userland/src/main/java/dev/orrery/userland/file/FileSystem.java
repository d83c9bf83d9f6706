package dev.orrery.userland.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tree of files that one machine sees: a root volume and what is mounted upon it. Paths are
 * absolute here; whose working directory a relative one belongs to, the caller knows. Every method
 * throws {@link FileException} where the system call would be refused.
 */
public final class FileSystem {
    private static final int LINKS = 40;

    private final Mount root;
    private final List<Mount> mounts = new CopyOnWriteArrayList<>();

    public FileSystem(Volume root, boolean readOnly) {
        this.root = new Mount("/", root.root(), readOnly);
    }

    /** A part of a volume as a tree of its own, out of which no path leads. */
    public FileSystem(Directory root) {
        this.root = new Mount("/", root, false);
    }

    /** All mounts, the root first, then in the order in which they were made. */
    public List<Mount> mounts() {
        List<Mount> all = new ArrayList<>(List.of(root));
        all.addAll(mounts);
        return all;
    }

    /**
     * Shows a volume's directory (or one file of it) at a path, which is made if it is missing. In
     * a volume that is mounted to be read nothing is made: there the mount stands alone.
     */
    public void mount(String path, Node node, boolean readOnly) {
        Mount above = mountOf(path);
        boolean fixed = !above.path().equals("/") && above.readOnly();
        if (fixed) {
            put(new Mount(path, node, readOnly));
            return;
        }
        if (node instanceof Directory) {
            makeDirectories(path);
        } else {
            makeDirectories(path.substring(0, path.lastIndexOf('/')));
            if (locate(path, User.ROOT, true).node() == null) {
                force(path, new byte[0], 0644, User.ROOT);
            }
        }
        put(new Mount(locate(path, User.ROOT, true).path(), node, readOnly));
    }

    private void put(Mount mount) {
        mounts.removeIf(each -> each.path().equals(mount.path()));
        mounts.add(mount);
    }

    /** What is mounted at the path, or at the nearest directory above it. */
    public Mount mountOf(String path) {
        Mount found = root;
        for (Mount mount : mounts) {
            String at = mount.path();
            if ((path.equals(at) || path.startsWith(at + "/"))
                    && at.length() >= found.path().length()) {
                found = mount;
            }
        }
        return found;
    }

    private @Nullable Node mounted(String path, @Nullable Node node) {
        for (Mount mount : mounts) {
            if (mount.path().equals(path)) {
                return mount.node();
            }
        }
        return node;
    }

    /** Follows a path; the links of the last name only if asked. The parent must exist. */
    public Location locate(String path, User user, boolean follow) {
        Deque<String> names = new ArrayDeque<>();
        pushAll(names, path);
        Deque<Directory> above = new ArrayDeque<>();
        Directory here = (Directory) root.node();
        String at = "";
        int links = 0;
        while (true) {
            String name = names.poll();
            if (name == null) {
                Directory parent = above.isEmpty() ? here : above.peek();
                String full = at.isEmpty() ? "/" : at;
                return new Location(
                        full,
                        parent,
                        full.substring(full.lastIndexOf('/') + 1),
                        here,
                        mountOf(full).readOnly());
            }
            if (name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                here = above.isEmpty() ? here : above.pop();
                at = at.isEmpty() ? "" : at.substring(0, at.lastIndexOf('/'));
                continue;
            }
            if (!user.may(here, 1)) {
                throw new FileException(Errno.EACCES);
            }
            String full = at + "/" + name;
            Node entry = here.get(name);
            Node node = mounted(full, entry);
            boolean last = names.isEmpty();
            if (node instanceof Symlink link && (!last || follow)) {
                if (++links > LINKS) {
                    throw new FileException(Errno.ELOOP);
                }
                if (link.target().startsWith("/")) {
                    above.clear();
                    here = (Directory) root.node();
                    at = "";
                }
                pushAll(names, link.target());
                continue;
            }
            if (last && !(node instanceof Directory)) {
                if (path.endsWith("/") && node != null) {
                    throw new FileException(Errno.ENOTDIR);
                }
                return new Location(full, here, name, node, mountOf(full).readOnly());
            }
            if (node == null) {
                throw new FileException(Errno.ENOENT);
            }
            if (!(node instanceof Directory directory)) {
                throw new FileException(Errno.ENOTDIR);
            }
            above.push(here);
            here = directory;
            at = full;
        }
    }

    private static void pushAll(Deque<String> names, String path) {
        List<String> parts = Arrays.asList(path.split("/", -1));
        for (String part : parts.reversed()) {
            if (!part.isEmpty()) {
                names.push(part);
            }
        }
    }

    public @Nullable Node find(String path, User user) {
        try {
            return locate(path, user, true).node();
        } catch (FileException refused) {
            return null;
        }
    }

    public Node get(String path, User user) {
        return locate(path, user, true).existing();
    }

    public Directory directory(String path, User user) {
        if (!(get(path, user) instanceof Directory directory)) {
            throw new FileException(Errno.ENOTDIR);
        }
        return directory;
    }

    /** The names in a directory, if the user may read it. */
    public List<String> list(String path, User user) {
        Directory directory = directory(path, user);
        if (!user.may(directory, 4)) {
            throw new FileException(Errno.EACCES);
        }
        return directory.names();
    }

    private Location vacant(String path, User user) {
        Location place = locate(path, user, false);
        if (place.node() != null) {
            throw new FileException(Errno.EEXIST);
        }
        checkChange(place, user);
        return place;
    }

    private static void checkChange(Location place, User user) {
        place.checkWritable();
        if (!user.may(place.parent(), 2)) {
            throw new FileException(Errno.EACCES);
        }
    }

    public void makeDirectory(String path, int mode, User user) {
        Location place = vacant(path, user);
        place.parent().put(place.name(), newDirectory(place.parent(), mode, user));
    }

    /** In a directory that sets the group, what is made belongs to that group. */
    private static User maker(Directory parent, User user) {
        return (parent.mode() & Node.SET_GROUP) == 0
                ? user
                : new User(user.uid(), parent.gid(), user.groups());
    }

    private static Directory newDirectory(Directory parent, int mode, User user) {
        int bits = mode | (parent.mode() & Node.SET_GROUP);
        return new Directory(parent.volume(), bits, maker(parent, user));
    }

    /**
     * Makes the directory and those above it, as root and whatever is read-only: the owner's way.
     */
    public void makeDirectories(String path) {
        StringBuilder done = new StringBuilder();
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty()) {
                done.append('/').append(name);
                Location place = locate(done.toString(), User.ROOT, true);
                if (place.node() == null) {
                    place.parent().put(place.name(), newDirectory(place.parent(), 0755, User.ROOT));
                }
            }
        }
    }

    /** Writes a whole file with its directories, whatever is read-only: the owner's way. */
    public void force(String path, byte[] content, int mode, User owner) {
        forced(path, mode, owner, null).write(0, content, 0, content.length);
    }

    /** Places a program under a path, as an image does. */
    public void program(String path, String program) {
        forced(path, 0755, User.ROOT, program);
    }

    public void device(String path, Device.Kind kind) {
        makeDirectories(path.substring(0, path.lastIndexOf('/')));
        Location place = locate(path, User.ROOT, false);
        place.parent().put(place.name(), new Device(place.parent().volume(), kind));
    }

    /** Shows a file of a volume as the disk that it stands for. */
    public void disk(String path, RegularFile disk) {
        makeDirectories(path.substring(0, path.lastIndexOf('/')));
        Location place = locate(path, User.ROOT, false);
        place.parent().put(place.name(), new Device(place.parent().volume(), disk));
    }

    /** Places a file that says how things are whenever it is opened. */
    public void generated(String path, Supplier<byte[]> now) {
        makeDirectories(path.substring(0, path.lastIndexOf('/')));
        Location place = locate(path, User.ROOT, false);
        place.parent().put(place.name(), new Generated(place.parent().volume(), 0444, now));
    }

    private RegularFile forced(String path, int mode, User owner, @Nullable String program) {
        makeDirectories(path.substring(0, path.lastIndexOf('/')));
        Location place = locate(path, User.ROOT, true);
        RegularFile file = new RegularFile(place.parent().volume(), mode, owner, program);
        if (place.node() != null) {
            place.parent().remove(place.name());
        }
        place.parent().put(place.name(), file);
        return file;
    }

    /** Opens for reading: a file or a device. */
    public Node readable(String path, User user) {
        Node node = get(path, user);
        if (!user.may(node, 4)) {
            throw new FileException(Errno.EACCES);
        }
        return node;
    }

    /** Opens for writing, and makes the file if it is missing. */
    public Node writable(String path, int mode, boolean mayExist, User user) {
        Location place = locate(path, user, true);
        Node node = place.node();
        if (node == null) {
            checkChange(place, user);
            RegularFile file =
                    new RegularFile(
                            place.parent().volume(), mode, maker(place.parent(), user), null);
            place.parent().put(place.name(), file);
            return file;
        }
        if (!mayExist && node instanceof RegularFile) {
            throw new FileException(Errno.EEXIST);
        }
        if (node instanceof Directory) {
            throw new FileException(Errno.EISDIR);
        }
        if (!(node instanceof Device device) || device.kind() == Device.Kind.DISK) {
            place.checkWritable();
        }
        if (!user.may(node, 2)) {
            throw new FileException(Errno.EACCES);
        }
        return node;
    }

    public void link(String target, String path, User user) {
        Location place = vacant(path, user);
        place.parent().put(place.name(), new Symlink(place.parent().volume(), target, user));
    }

    /** A link with its directories, whatever is read-only: the owner's way. */
    public void forceLink(String target, String path) {
        makeDirectories(path.substring(0, path.lastIndexOf('/')));
        Location place = locate(path, User.ROOT, false);
        place.parent().put(place.name(), new Symlink(place.parent().volume(), target, User.ROOT));
    }

    public void hardLink(String existing, String path, User user) {
        Node node = get(existing, user);
        if (node instanceof Directory) {
            throw new FileException(Errno.EPERM);
        }
        Location place = vacant(path, user);
        if (place.parent().volume() != node.volume()) {
            throw new FileException(Errno.EXDEV);
        }
        place.parent().put(place.name(), node);
    }

    /** Removes a file or link, or an empty directory. */
    public void remove(String path, User user) {
        Location place = locate(path, user, false);
        Node node = place.existing();
        if (mountOf(place.path()).path().equals(place.path())) {
            throw new FileException(Errno.EBUSY);
        }
        checkChange(place, user);
        checkOwn(place.parent(), node, user);
        if (node instanceof Directory directory && !directory.isEmpty()) {
            throw new FileException(Errno.ENOTEMPTY);
        }
        place.parent().remove(place.name());
    }

    /** In a sticky directory, as /tmp is, names are taken away by their owners only. */
    private static void checkOwn(Directory parent, Node node, User user) {
        if ((parent.mode() & Node.STICKY) != 0
                && user.uid() != 0
                && user.uid() != node.uid()
                && user.uid() != parent.uid()) {
            throw new FileException(Errno.EPERM);
        }
    }

    /** Gives a node a new name within its volume; EXDEV tells the caller to copy instead. */
    public void rename(String from, String to, User user) {
        Location source = locate(from, user, false);
        Node node = source.existing();
        Location target = locate(to, user, false);
        checkChange(source, user);
        checkChange(target, user);
        checkOwn(source.parent(), node, user);
        if (source.parent().volume() != target.parent().volume()) {
            throw new FileException(Errno.EXDEV);
        }
        if (node instanceof Directory && target.path().startsWith(source.path() + "/")) {
            throw new FileException(Errno.EINVAL);
        }
        if (target.node() == node) {
            return;
        }
        if (target.node() instanceof Directory directory && !directory.isEmpty()) {
            throw new FileException(Errno.ENOTEMPTY);
        }
        if (target.node() != null) {
            target.parent().remove(target.name());
        }
        target.parent().put(target.name(), node);
        source.parent().remove(source.name());
    }

    /** Changes what {@code chmod}, {@code chown} and {@code touch} change; only the owner may. */
    public Node owned(String path, User user) {
        Location place = locate(path, user, true);
        place.checkWritable();
        Node node = place.existing();
        if (user.uid() != 0 && user.uid() != node.uid()) {
            throw new FileException(Errno.EPERM);
        }
        return node;
    }
}
