package dev.orrery.userland.applet;

import dev.orrery.userland.Program;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Location;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.Symlink;
import dev.orrery.userland.file.User;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Commands that move files about. */
final class FileTools {
    private FileTools() {}

    static void register(Map<String, Supplier<Program>> all) {
        instant(all, "cp", FileTools::cp);
        instant(all, "mv", FileTools::mv);
        instant(all, "rmdir", FileTools::rmdir);
        instant(all, "mktemp", FileTools::mktemp);
        instant(all, "readlink", FileTools::readlink);
        instant(all, "realpath", FileTools::realpath);
        instant(all, "du", FileTools::du);
        instant(all, "which", FileTools::which);
        all.put("find", Find::new);
        all.put("dd", CopyBlocks::new);
    }

    static void instant(Map<String, Supplier<Program>> all, String name, Instant.Work work) {
        all.put(name, () -> new Instant(work));
    }

    private static FileSystem files(Task task) {
        return task.machine().files();
    }

    /** Where a file goes that is copied or moved to a target. */
    private static String target(Task task, String source, String target) {
        boolean into = files(task).find(target, task.user()) instanceof Directory;
        String name = source.replaceAll("(?<=.)/+$", "");
        return into
                ? target.replaceAll("/+$", "") + "/" + name.substring(name.lastIndexOf('/') + 1)
                : target;
    }

    private static void cp(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "");
        List<String> names = options.operands();
        if (names.size() < 2) {
            out.complain(task, "missing file operand");
            return;
        }
        String last = task.absolute(names.getLast());
        boolean recursive = options.has('r') || options.has('R') || options.has('a');
        for (String name : names.subList(0, names.size() - 1)) {
            try {
                copy(task, task.absolute(name), target(task, name, last), recursive);
            } catch (FileException refused) {
                out.complain(
                        task,
                        refused.errno() == Errno.EISDIR
                                ? "omitting directory '" + name + "'"
                                : Applet.cannot(task, "stat", name, refused));
            }
        }
    }

    private static void copy(Task task, String from, String to, boolean recursive) {
        User user = task.user();
        Node node = files(task).locate(from, user, !recursive).existing();
        switch (node) {
            case Directory _ -> {
                if (!recursive) {
                    throw new FileException(Errno.EISDIR);
                }
                List<String> names = files(task).list(from, user);
                if (!(files(task).find(to, user) instanceof Directory)) {
                    files(task).makeDirectory(to, node.mode(), user);
                }
                for (String name : names) {
                    copy(task, from + "/" + name, to + "/" + name, true);
                }
            }
            case Symlink link -> files(task).link(link.target(), to, user);
            case RegularFile file -> {
                files(task).readable(from, user);
                byte[] content = file.content();
                String program = file.program();
                if (program != null) {
                    files(task).writable(to, file.mode(), true, user);
                    files(task).program(to, program);
                } else if (files(task).writable(to, file.mode(), true, user)
                        instanceof RegularFile copy) {
                    copy.truncate(0);
                    copy.write(0, content, 0, content.length);
                }
            }
            default -> throw new FileException(Errno.EINVAL);
        }
    }

    private static void mv(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "");
        List<String> names = options.operands();
        if (names.size() < 2) {
            out.complain(task, "missing file operand");
            return;
        }
        String last = task.absolute(names.getLast());
        for (String name : names.subList(0, names.size() - 1)) {
            String to = target(task, name, last);
            try {
                move(task, task.absolute(name), to);
                if (options.has('v')) {
                    out.print("renamed '" + name + "' -> '" + shown(names.getLast(), to) + "'\n");
                }
            } catch (FileException refused) {
                boolean busybox = Applet.isBusybox(task);
                out.complain(task, Applet.cannot(task, busybox ? "rename" : "stat", name, refused));
            }
        }
    }

    private static String shown(String given, String to) {
        String slashless = given.replaceAll("/+$", "");
        return to.endsWith(slashless)
                ? given
                : given.replaceAll("(?<!/)$", "/") + to.substring(to.lastIndexOf('/') + 1);
    }

    private static void move(Task task, String from, String to) {
        try {
            files(task).rename(from, to, task.user());
        } catch (FileException refused) {
            if (refused.errno() != Errno.EXDEV) {
                throw refused;
            }
            copy(task, from, to, true);
            remove(task, from);
        }
    }

    static void remove(Task task, String path) {
        if (files(task).locate(path, task.user(), false).existing() instanceof Directory) {
            for (String name : files(task).list(path, task.user())) {
                remove(task, path + "/" + name);
            }
        }
        files(task).remove(path, task.user());
    }

    private static void rmdir(Instant out, Task task) {
        for (String name : new Options(Applet.arguments(task), "").operands()) {
            try {
                String path = task.absolute(name);
                files(task).directory(path, task.user());
                files(task).remove(path, task.user());
            } catch (FileException refused) {
                out.complain(task, "'" + name + "': " + refused.getMessage());
            }
        }
    }

    private static void mktemp(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "p:");
        String template =
                options.operands().isEmpty() ? "/tmp/tmp.XXXXXX" : options.operands().getFirst();
        StringBuilder path = new StringBuilder(template);
        for (int i = path.length() - 1; i >= 0 && path.charAt(i) == 'X'; i--) {
            path.setCharAt(
                    i,
                    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            .charAt(task.machine().host().random().nextInt(62)));
        }
        try {
            String full = task.absolute(path.toString());
            if (options.has('d')) {
                files(task).makeDirectory(full, 0700, task.user());
            } else {
                files(task).writable(full, 0600, false, task.user());
            }
            out.print(path + "\n");
        } catch (FileException refused) {
            out.complain(task, "(null): " + refused.getMessage());
        }
    }

    private static void readlink(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "");
        for (String name : options.operands()) {
            try {
                Location place =
                        files(task).locate(task.absolute(name), task.user(), options.has('f'));
                if (options.has('f')) {
                    out.print(place.path() + "\n");
                } else if (place.node() instanceof Symlink link) {
                    out.print(link.target() + "\n");
                } else {
                    out.status(1);
                }
            } catch (FileException refused) {
                out.status(1);
            }
        }
    }

    private static void realpath(Instant out, Task task) {
        for (String name : new Options(Applet.arguments(task), "").operands()) {
            try {
                Location place = files(task).locate(task.absolute(name), task.user(), true);
                place.existing();
                out.print(place.path() + "\n");
            } catch (FileException refused) {
                out.complain(task, name + ": " + refused.getMessage());
            }
        }
    }

    private static void du(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "d:");
        List<String> names = options.operands().isEmpty() ? List.of(".") : options.operands();
        for (String name : names) {
            try {
                long kilobytes = du(out, task, task.absolute(name), name, options, 0);
                out.print(size(kilobytes, options) + "\t" + name + "\n");
            } catch (FileException refused) {
                out.complain(task, name + ": " + refused.getMessage());
            }
        }
    }

    private static String size(long kilobytes, Options options) {
        if (!options.has('h')) {
            return Long.toString(kilobytes);
        }
        return kilobytes < 1024
                ? kilobytes + ".0K"
                : String.format(java.util.Locale.ROOT, "%.1fM", kilobytes / 1024.0);
    }

    private static long du(
            Instant out, Task task, String path, String name, Options options, int depth) {
        Node node = files(task).locate(path, task.user(), false).existing();
        if (!(node instanceof Directory)) {
            return (node.size() + 4095) / 4096 * 4;
        }
        long total = 4;
        for (String entry : files(task).list(path, task.user())) {
            String inner = name.replaceAll("/$", "") + "/" + entry;
            long size = du(out, task, path + "/" + entry, inner, options, depth + 1);
            total += size;
            boolean directory =
                    files(task).locate(path + "/" + entry, task.user(), false).node()
                            instanceof Directory;
            if (!options.has('s') && (directory || options.has('a'))) {
                out.print(size(size, options) + "\t" + inner + "\n");
            }
        }
        return total;
    }

    private static void which(Instant out, Task task) {
        for (String name : new Options(Applet.arguments(task), "").operands()) {
            try {
                out.print(
                        dev.orrery.userland.Commands.where(
                                        task.machine(),
                                        name,
                                        task.environment()
                                                .getOrDefault(
                                                        "PATH", "/usr/bin:/bin:/usr/sbin:/sbin"),
                                        task.directory(),
                                        task.user())
                                + "\n");
            } catch (FileException missing) {
                out.status(1);
            }
        }
    }
}
