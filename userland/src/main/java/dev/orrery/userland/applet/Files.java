package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Location;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.Symlink;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands upon files. */
final class Files {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Files() {}

    private static FileSystem files(Task task) {
        return task.machine().files();
    }

    static void ls(Instant out, Task task) {
        Options options = new Options(arguments(task), "");
        List<String> names = options.operands().isEmpty() ? List.of(".") : options.operands();
        for (String name : names) {
            try {
                Location place =
                        files(task).locate(task.absolute(name), task.user(), !options.has('l'));
                if (place.existing() instanceof Directory && !options.has('d')) {
                    out.print(names.size() > 1 ? name + ":\n" : "");
                    list(out, task, place.path(), options);
                } else {
                    out.print(entry(task, place.existing(), name, options));
                }
            } catch (FileException refused) {
                String why =
                        refused.errno() == Errno.EACCES
                                ? "cannot open directory '"
                                : "cannot access '";
                boolean busybox = Applet.isBusybox(task);
                out.complain(
                        task, (busybox ? name + ": " : why + name + "': ") + refused.getMessage());
                out.status(busybox ? 1 : 2);
            }
        }
    }

    private static void list(Instant out, Task task, String path, Options options) {
        StringBuilder text = new StringBuilder();
        long blocks = 0;
        List<String> names = new ArrayList<>(files(task).list(path, task.user()));
        if (options.has('a')) {
            names.addAll(0, List.of(".", ".."));
        }
        for (String name : names) {
            if (options.has('a') || options.has('A') || !name.startsWith(".")) {
                Node node = files(task).locate(path + "/" + name, task.user(), false).existing();
                blocks += (node.size() + 4095) / 4096 * 4;
                text.append(entry(task, node, name, options));
            }
        }
        out.print((options.has('l') ? "total " + blocks + "\n" : "") + text);
    }

    private static String entry(Task task, Node node, String name, Options options) {
        if (!options.has('l')) {
            return name + "\n";
        }
        boolean numbers = options.has('n');
        String shown = node instanceof Symlink link ? name + " -> " + link.target() : name;
        return String.format(
                "%c%s %d %s %s %d %s %s\n",
                node.letter(),
                Attributes.mode(node.mode()),
                node.links(),
                numbers ? Integer.toString(node.uid()) : Attributes.user(task, node.uid()),
                numbers ? Integer.toString(node.gid()) : Attributes.group(task, node.gid()),
                node.size(),
                DATE.format(node.modified()),
                shown);
    }

    private static List<String> arguments(Task task) {
        return Applet.arguments(task);
    }

    static void mkdir(Instant out, Task task) {
        Options options = new Options(arguments(task), "m:");
        for (String name : options.operands()) {
            try {
                make(task, task.absolute(name), options.has('p'));
            } catch (FileException refused) {
                out.complain(task, Applet.cannot(task, "create directory", name, refused));
            }
        }
    }

    private static void make(Task task, String path, boolean parents) {
        if (!parents) {
            files(task).makeDirectory(path, 0777 & ~task.umask(), task.user());
            return;
        }
        for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            makeMissing(task, path.substring(0, slash));
        }
        makeMissing(task, path);
    }

    private static void makeMissing(Task task, String path) {
        if (!(files(task).find(path, task.user()) instanceof Directory)) {
            files(task).makeDirectory(path, 0777 & ~task.umask(), task.user());
        }
    }

    static void touch(Instant out, Task task) {
        for (String name : new Options(arguments(task), "d:t:r:").operands()) {
            try {
                files(task)
                        .writable(task.absolute(name), 0666 & ~task.umask(), true, task.user())
                        .modified(task.machine().host().instant());
            } catch (FileException refused) {
                if (refused.errno() != Errno.EISDIR) {
                    out.complain(
                            task,
                            Applet.isBusybox(task)
                                    ? name + ": " + refused.getMessage()
                                    : Applet.cannot(task, "touch", name, refused));
                }
            }
        }
    }

    static void rm(Instant out, Task task) {
        Options options = new Options(arguments(task), "");
        for (String name : options.operands()) {
            try {
                remove(task, task.absolute(name), options.has('r') || options.has('R'));
            } catch (FileException refused) {
                if (!options.has('f') || refused.errno() != Errno.ENOENT) {
                    out.complain(task, Applet.cannot(task, "remove", name, refused));
                }
            }
        }
    }

    private static void remove(Task task, String path, boolean recursive) {
        if (files(task).locate(path, task.user(), false).existing() instanceof Directory) {
            if (!recursive) {
                throw new FileException(Errno.EISDIR);
            }
            for (String name : files(task).list(path, task.user())) {
                remove(task, path + "/" + name, true);
            }
        }
        files(task).remove(path, task.user());
    }

    static void ln(Instant out, Task task) {
        Options options = new Options(arguments(task), "");
        if (options.operands().size() != 2) {
            out.complain(task, "missing operand");
            return;
        }
        String to = options.operands().getLast();
        try {
            if (options.has('s')) {
                files(task).link(options.operands().getFirst(), task.absolute(to), task.user());
            } else {
                files(task)
                        .hardLink(
                                task.absolute(options.operands().getFirst()),
                                task.absolute(to),
                                task.user());
            }
        } catch (FileException refused) {
            out.complain(task, to + ": " + refused.getMessage());
        }
    }
}
