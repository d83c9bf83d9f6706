package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code id} and {@code whoami}: numbers, and the names that the machine's files give them. */
final class Identity {

    private Identity() {}

    static void id(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "");
        User user = task.user();
        boolean names = options.has('n');
        TreeSet<Integer> groups = new TreeSet<>(user.groups());
        groups.add(user.gid());
        if (options.has('u')) {
            out.print(one(task, "/etc/passwd", user.uid(), names) + "\n");
        } else if (options.has('g')) {
            out.print(one(task, "/etc/group", user.gid(), names) + "\n");
        } else if (options.has('G')) {
            out.print(
                    groups.stream()
                                    .map(group -> one(task, "/etc/group", group, names))
                                    .collect(Collectors.joining(" "))
                            + "\n");
        } else {
            IntFunction<String> group = number -> both(task, "/etc/group", number);
            out.print(
                    "uid="
                            + both(task, "/etc/passwd", user.uid())
                            + " gid="
                            + group.apply(user.gid())
                            + " groups="
                            + groups.stream().map(group::apply).collect(Collectors.joining(","))
                            + "\n");
        }
    }

    static void whoami(Instant out, Task task) {
        String name = name(task, "/etc/passwd", task.user().uid());
        if (name == null) {
            out.complain(task, "unknown uid " + task.user().uid());
        } else {
            out.print(name + "\n");
        }
    }

    static void groups(Instant out, Task task) {
        TreeSet<Integer> groups = new TreeSet<>(task.user().groups());
        groups.add(task.user().gid());
        out.print(
                groups.stream()
                                .map(group -> one(task, "/etc/group", group, true))
                                .collect(Collectors.joining(" "))
                        + "\n");
    }

    /** As lists of processes show an owner. */
    static String shortName(Task task, int uid) {
        return uid == 0 ? "root" : one(task, "/etc/passwd", uid, true);
    }

    private static String one(Task task, String file, int number, boolean named) {
        String name = named ? name(task, file, number) : null;
        return name == null ? Integer.toString(number) : name;
    }

    private static String both(Task task, String file, int number) {
        String name = name(task, file, number);
        return name == null ? Integer.toString(number) : number + "(" + name + ")";
    }

    static @Nullable String name(Task task, String file, int number) {
        if (number == 0) {
            return "root";
        }
        if (!(task.machine().files().find(file, User.ROOT) instanceof RegularFile list)) {
            return null;
        }
        byte[] content = list.content();
        for (String line : Raw.of(content, 0, content.length).split("\n")) {
            List<String> fields = List.of(line.split(":", -1));
            if (fields.size() > 2 && fields.get(2).equals(Integer.toString(number))) {
                return fields.getFirst();
            }
        }
        return null;
    }
}
