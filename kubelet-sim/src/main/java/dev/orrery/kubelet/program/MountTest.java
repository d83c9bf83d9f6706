package dev.orrery.kubelet.program;

import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Generated;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Says what files and the file systems that they are on are like, and makes new ones. */
final class MountTest extends Talker {

    private static final String CONTENT = "mount-tester new file\n";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;
    private static final int STICKY = 01000;

    /** What the kernel calls them, but for the one that the program knows by name. */
    private static final Map<String, String> TYPES =
            Map.of("ext4", "61267", "overlay", "2035054128", "hugetlbfs", "2508478710");

    private final Flags flags;
    private final Deque<Function<Task, Boolean>> checks = new ArrayDeque<>();
    private boolean failed;
    private boolean began;
    private Instant end = Instant.EPOCH;
    private boolean lastFailed;

    MountTest(Flags flags) {
        this.flags = flags;
        add("fs_type", this::type);
        for (String mode : new String[] {"0644", "0666", "0660", "0777"}) {
            add("new_file_" + mode, (task, path) -> write(task, path, Integer.parseInt(mode, 8)));
        }
        add("file_mode", this::mode);
        add("file_perm", this::permissions);
        add("file_owner", this::owner);
        add("file_content", this::content);
    }

    private interface Check {
        boolean passes(Task task, String path);
    }

    private void add(String flag, Check check) {
        String path = flags.text(flag, "");
        if (!path.isEmpty()) {
            checks.add(task -> check.passes(task, path));
        }
    }

    @Override
    Step work(Task task) {
        if (!began) {
            began = true;
            task.umask(0);
            end = task.machine().host().instant().plusSeconds(flags.number("retry_time", 180));
        }
        Function<Task, Boolean> next = checks.poll();
        if (next != null) {
            failed |= !next.apply(task);
            return Step.MORE;
        }
        String path = flags.text("file_content_in_loop", "");
        return path.isEmpty() ? finish(failed ? 1 : 0) : loop(task, path);
    }

    private Instant wake = Instant.EPOCH;

    private Step loop(Task task, String path) {
        Instant now = task.machine().host().instant();
        if (now.isBefore(wake)) {
            task.wakeAt(wake);
            return Step.WAITING;
        }
        if (!now.isBefore(end)) {
            return finish(failed || lastFailed ? 1 : 0);
        }
        wake = now.plus(PAUSE);
        String found;
        try {
            found = read(task, path);
            lastFailed = false;
        } catch (FileException refused) {
            lastFailed = true;
            say("Error reading file " + path + ": " + opening(path, refused) + ", retrying\n");
            return Step.MORE;
        }
        say("content of file " + quoted(path) + ": " + found + "\n");
        if (!flags.text("break_on_expected_content", "true").equals("true")) {
            return Step.MORE;
        }
        if (found.equals(CONTENT)) {
            return finish(failed ? 1 : 0);
        }
        say("Unexpected content. Expected: " + CONTENT + ". Retrying");
        return Step.MORE;
    }

    private static FileSystem files(Task task) {
        return task.machine().files();
    }

    private static String read(Task task, String path) {
        Node node = files(task).readable(task.absolute(path), task.user());
        byte[] bytes =
                switch (node) {
                    case RegularFile file -> file.content();
                    case Generated file -> file.content();
                    case Directory _ -> throw new FileException(Errno.EISDIR);
                    default -> new byte[0];
                };
        return Raw.text(Raw.of(bytes, 0, bytes.length));
    }

    private boolean content(Task task, String path) {
        try {
            say("content of file " + quoted(path) + ": " + read(task, path) + "\n");
            return true;
        } catch (FileException refused) {
            say(
                    "error reading file content for "
                            + quoted(path)
                            + ": "
                            + opening(path, refused)
                            + "\n");
            return false;
        }
    }

    private boolean write(Task task, String path, int mode) {
        try {
            Node node = files(task).writable(task.absolute(path), mode, true, task.user());
            if (node instanceof RegularFile file) {
                byte[] bytes = Raw.bytes(CONTENT);
                file.truncate(0);
                file.write(0, bytes, 0, bytes.length);
            }
        } catch (FileException refused) {
            say("error writing new file " + quoted(path) + ": " + opening(path, refused) + "\n");
            return false;
        }
        return content(task, path);
    }

    private boolean type(Task task, String path) {
        try {
            String type = stat(task, path).volume().type();
            say("mount type of " + quoted(path) + ": " + TYPES.getOrDefault(type, type) + "\n");
            return true;
        } catch (FileException refused) {
            say("error from statfs(" + quoted(path) + "): " + words(refused) + "\n");
            return false;
        }
    }

    private boolean mode(Task task, String path) {
        return told(
                task, path, "Stat", node -> "mode of file " + quoted(path) + ": " + goMode(node));
    }

    private boolean permissions(Task task, String path) {
        return told(
                task,
                path,
                "Stat",
                node -> "perms of file " + quoted(path) + ": -" + bits(node.mode()));
    }

    private boolean owner(Task task, String path) {
        return told(
                task,
                path,
                "stat",
                node ->
                        "owner UID of "
                                + quoted(path)
                                + ": "
                                + node.uid()
                                + "\nowner GID of "
                                + quoted(path)
                                + ": "
                                + node.gid());
    }

    private boolean told(Task task, String path, String call, Function<Node, String> text) {
        try {
            say(text.apply(stat(task, path)) + "\n");
            return true;
        } catch (FileException refused) {
            String why = call.equals("Stat") ? "stat " + path + ": " : "";
            say("error from " + call + "(" + quoted(path) + "): " + why + words(refused) + "\n");
            return false;
        }
    }

    private static Node stat(Task task, String path) {
        return files(task).get(task.absolute(path), task.user());
    }

    /** As Go prints it: a directory that sets the group and is sticky is {@code dgtrwxrwxrwx}. */
    static String goMode(Node node) {
        String special =
                (node instanceof Directory ? "d" : "")
                        + ((node.mode() & SET_USER) != 0 ? "u" : "")
                        + ((node.mode() & SET_GROUP) != 0 ? "g" : "")
                        + ((node.mode() & STICKY) != 0 ? "t" : "");
        return (special.isEmpty() ? "-" : special) + bits(node.mode());
    }

    private static String bits(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) != 0 ? "xwr".charAt(bit % 3) : '-');
        }
        return text.toString();
    }

    private static String quoted(String path) {
        return '"' + path + '"';
    }

    private static String opening(String path, FileException refused) {
        return (refused.errno() == Errno.EISDIR ? "read " : "open ") + path + ": " + words(refused);
    }

    private static String words(FileException refused) {
        return refused.errno().words().toLowerCase(Locale.ROOT);
    }
}
