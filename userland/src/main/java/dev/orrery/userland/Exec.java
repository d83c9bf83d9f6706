package dev.orrery.userland;

import dev.orrery.userland.file.User;
import java.util.List;
import java.util.Map;

/**
 * A process to be started from outside: the container's own, or one of kubectl exec. Without stdin
 * it reads from an empty file. On a terminal both outputs go to stdout.
 */
public record Exec(
        List<String> command,
        Map<String, String> environment,
        String directory,
        User user,
        boolean stdin,
        boolean terminal,
        Sink stdout,
        Sink stderr) {

    public Exec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no command");
        }
    }
}
