package dev.orrery.userland;

import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a command's first word runs: a program's file along PATH, or a script and who reads
 * it. While the machine's files do not exist, the usual folders hold every program.
 */
public final class Commands {
    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** A program and the words that it is given, which a script's first line may have changed. */
    public record Found(Program program, List<String> arguments) {}

    private Commands() {}

    /** Throws ENOENT, or EACCES for what is there and cannot be run. */
    public static Found find(
            Machine machine,
            List<String> command,
            Map<String, String> environment,
            String directory,
            User user) {
        String name = command.getFirst();
        if (name.isEmpty()) {
            throw new FileException(Errno.ENOENT);
        }
        if (!machine.hasFiles()) {
            Program program =
                    name.contains("/")
                            ? machine.programs().at(name)
                            : machine.programs().find(name);
            if (program != null) {
                return new Found(program, command);
            }
        }
        return load(
                machine,
                where(machine, name, environment.getOrDefault("PATH", PATH), directory, user),
                command,
                user,
                0);
    }

    /** The file that a name stands for along a PATH. */
    public static String where(
            Machine machine, String name, String path, String directory, User user) {
        if (name.contains("/")) {
            return name.startsWith("/") ? name : directory + "/" + name;
        }
        boolean forbidden = false;
        for (String folder : path.split(":", -1)) {
            String candidate = (folder.isEmpty() ? directory : folder) + "/" + name;
            Node node = machine.files().find(candidate, user);
            if (node instanceof RegularFile && (node.mode() & 0111) != 0) {
                return candidate;
            }
            forbidden |= node instanceof RegularFile;
        }
        throw new FileException(forbidden ? Errno.EACCES : Errno.ENOENT);
    }

    private static Found load(
            Machine machine, String path, List<String> command, User user, int depth) {
        Node node = machine.files().get(path, user);
        if (node instanceof Directory || (node.mode() & 0111) == 0 || depth > 4) {
            throw new FileException(Errno.EACCES);
        }
        if (!(node instanceof RegularFile file)) {
            throw new FileException(Errno.EACCES);
        }
        String name = file.program();
        Program program = name == null ? null : machine.programs().find(name);
        if (program != null) {
            return new Found(program, command);
        }
        List<String> interpreter = interpreter(file);
        List<String> words = new ArrayList<>(interpreter);
        words.add(path);
        words.addAll(command.subList(1, command.size()));
        return load(machine, interpreter.getFirst(), words, user, depth + 1);
    }

    private static List<String> interpreter(RegularFile file) {
        byte[] content = file.content();
        String start = Raw.of(content, 0, Math.min(content.length, 256));
        @Nullable String line =
                start.startsWith("#!")
                        ? start.substring(2).lines().findFirst().orElse("").strip()
                        : null;
        return line == null || line.isEmpty() ? List.of("/bin/sh") : List.of(line.split("\\s+", 2));
    }
}
