package dev.orrery.userland.shell;

import dev.orrery.userland.OpenFile;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Descriptors set for one command, and what they were before. */
final class Redirections {
    /** A redirection that cannot be made, in dash's words. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private final Map<Integer, @Nullable OpenFile> before = new HashMap<>();

    private Redirections() {}

    static Redirections apply(Shell shell, List<Command.Redirect> redirects, Expansion words) {
        List<String> targets =
                redirects.stream().map(redirect -> words.single(redirect.word())).toList();
        Redirections made = new Redirections();
        try {
            for (int i = 0; i < redirects.size(); i++) {
                made.apply(shell.task(), redirects.get(i), targets.get(i), shell.option('C'));
            }
        } catch (Refused refused) {
            made.undo(shell);
            throw refused;
        }
        return made;
    }

    private void apply(Task task, Command.Redirect redirect, String target, boolean noClobber) {
        int descriptor = redirect.descriptor();
        if (!before.containsKey(descriptor)) {
            OpenFile now = task.file(descriptor);
            before.put(descriptor, now == null ? null : now.share());
        }
        if (redirect.operator().endsWith("&")) {
            duplicate(task, descriptor, target);
        } else {
            task.open(descriptor, open(task, redirect.operator(), target, noClobber));
        }
    }

    private static void duplicate(Task task, int descriptor, String target) {
        if (target.equals("-")) {
            task.close(descriptor);
            return;
        }
        OpenFile file = target.matches("\\d{1,3}") ? task.file(Integer.parseInt(target)) : null;
        if (file == null) {
            throw new Refused(
                    target.matches("\\d+")
                            ? target + ": " + Errno.EBADF.words()
                            : "Syntax error: Bad fd number");
        }
        task.open(descriptor, file.share());
    }

    private static OpenFile open(Task task, String operator, String target, boolean noClobber) {
        if (operator.equals("<<")) {
            return new OpenFile(new Document(Raw.bytes(target)));
        }
        boolean write = !operator.equals("<");
        try {
            boolean append = operator.equals(">>");
            boolean truncate = write && !append && !operator.equals("<>");
            boolean mayExist = !noClobber || !operator.equals(">");
            return task.open(target, write, append, truncate, mayExist);
        } catch (FileException refused) {
            throw new Refused(words(task, write, target, refused.errno()));
        }
    }

    private static String words(Task task, boolean write, String target, Errno errno) {
        boolean busybox = task.machine().programs().isBusybox();
        boolean bash = !busybox && task.arguments().getFirst().endsWith("bash");
        if (bash) {
            return target + ": " + errno.words();
        }
        String absent =
                busybox
                        ? write ? "nonexistent directory" : "no such file"
                        : write ? "Directory nonexistent" : "No such file";
        return (busybox ? "can't " : "cannot ")
                + (write ? "create " : "open ")
                + target
                + ": "
                + (errno == Errno.ENOENT ? absent : errno.words());
    }

    /** The redirections stay, as {@code exec} makes them. */
    void keep() {
        before.values()
                .forEach(file -> {
                    if (file != null) {
                        file.release();
                    }
                });
        before.clear();
    }

    void undo(Shell shell) {
        before.forEach((descriptor, file) -> {
            if (file == null) {
                shell.task().close(descriptor);
            } else {
                shell.task().open(descriptor, file);
            }
        });
        before.clear();
    }
}
