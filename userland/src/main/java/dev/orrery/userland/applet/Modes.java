package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code chmod} and {@code chown}. */
final class Modes {
    private static final int ALL = 0777;

    private Modes() {}

    private interface Change {
        void apply(Node node);
    }

    static void chmod(Instant out, Task task) {
        List<String> words =
                Applet.arguments(task).stream().filter(word -> !word.matches("-[Rvcf]+")).toList();
        boolean recursive =
                Applet.arguments(task).stream().anyMatch(word -> word.matches("-\\w*R\\w*"));
        if (words.size() < 2) {
            out.complain(task, "missing operand");
            return;
        }
        String mode = words.getFirst();
        if (!mode.matches("[0-7]{1,4}|[ugoa]*[-+=][rwxXst]*(,[ugoa]*[-+=][rwxXst]*)*")) {
            out.complain(task, "invalid mode '" + mode + "'");
            return;
        }
        for (String name : words.subList(1, words.size())) {
            change(
                    out,
                    task,
                    name,
                    recursive,
                    node -> node.mode(changed(mode, node, task.umask())));
        }
    }

    private static int changed(String mode, Node node, int umask) {
        if (mode.matches("[0-7]+")) {
            return Integer.parseInt(mode, 8);
        }
        int bits = node.mode();
        for (String clause : mode.split(",")) {
            int at = 0;
            while ("ugoa".indexOf(clause.charAt(at)) >= 0) {
                at++;
            }
            String who = clause.substring(0, at);
            int mask =
                    who.isEmpty()
                            ? ALL & ~umask
                            : (who.contains("u") ? 0700 : 0)
                                    | (who.contains("g") ? 070 : 0)
                                    | (who.contains("o") ? 07 : 0)
                                    | (who.contains("a") ? ALL : 0);
            int wanted = bits(clause.substring(at + 1), node) & mask;
            bits =
                    switch (clause.charAt(at)) {
                        case '+' -> bits | wanted;
                        case '-' -> bits & ~wanted;
                        default -> (bits & ~mask) | wanted;
                    };
        }
        return bits;
    }

    private static int bits(String letters, Node node) {
        boolean runs = node instanceof Directory || (node.mode() & 0111) != 0;
        return (letters.contains("r") ? 0444 : 0)
                | (letters.contains("w") ? 0222 : 0)
                | (letters.contains("x") || (letters.contains("X") && runs) ? 0111 : 0);
    }

    static void chown(Instant out, Task task) {
        Options options = new Options(Applet.arguments(task), "");
        List<String> words = options.operands();
        if (words.size() < 2) {
            out.complain(task, "missing operand");
            return;
        }
        boolean group = Applet.name(task).equals("chgrp");
        String[] owner = words.getFirst().split("[:.]", 2);
        Integer uid = group ? null : number(task, "/etc/passwd", owner[0]);
        Integer gid = group ? number(task, "/etc/group", owner[0]) : null;
        if (!group && owner.length > 1) {
            gid = number(task, "/etc/group", owner[1]);
        }
        if (uid == null && gid == null) {
            out.complain(task, "unknown " + (group ? "group " : "user ") + words.getFirst());
            return;
        }
        Integer newUid = uid;
        Integer newGid = gid;
        for (String name : words.subList(1, words.size())) {
            change(
                    out,
                    task,
                    name,
                    options.has('R'),
                    node ->
                            node.owner(
                                    newUid == null ? node.uid() : newUid,
                                    newGid == null ? node.gid() : newGid));
        }
    }

    private static @Nullable Integer number(Task task, String file, String name) {
        if (name.matches("\\d{1,9}")) {
            return Integer.valueOf(name);
        }
        if (name.equals("root")) {
            return 0;
        }
        if (task.machine().files().find(file, User.ROOT) instanceof RegularFile list) {
            byte[] content = list.content();
            for (String line : Raw.of(content, 0, content.length).split("\n")) {
                List<String> fields = List.of(line.split(":", -1));
                if (fields.size() > 2
                        && fields.getFirst().equals(name)
                        && fields.get(2).matches("\\d{1,9}")) {
                    return Integer.valueOf(fields.get(2));
                }
            }
        }
        return null;
    }

    private static void change(
            Instant out, Task task, String name, boolean recursive, Change change) {
        try {
            change(task, task.absolute(name), recursive, change);
        } catch (FileException refused) {
            out.complain(task, name + ": " + refused.getMessage());
        }
    }

    private static void change(Task task, String path, boolean recursive, Change change) {
        FileSystem files = task.machine().files();
        Node node = files.owned(path, task.user());
        change.apply(node);
        if (recursive && node instanceof Directory) {
            for (String name : files.list(path, task.user())) {
                change(task, path + "/" + name, true, change);
            }
        }
    }
}
