package dev.orrery.kubelet.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an image.
 *
 * @param name the repository's last part, or a full repository without tag
 * @param endsWith the exit code with which it ends at once when nothing else is asked of it; null
 *     where it runs until it is stopped
 * @param heedsTerm whether SIGTERM ends it
 * @param output what it writes when it starts as it is meant to
 * @param user as which its processes run, unless the pod says otherwise
 * @param sizeBytes as the runtime reports it
 */
public record ImageProfile(
        String name,
        List<String> entrypoint,
        List<String> cmd,
        @Nullable Integer endsWith,
        boolean heedsTerm,
        String output,
        long user,
        long sizeBytes) {

    private static final long GENERIC_SIZE = 29_000_000;

    public ImageProfile {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
    }

    /** For an image that nobody described: a server that runs until it is stopped. */
    public static ImageProfile generic(String name) {
        return new ImageProfile(name, List.of(), List.of("/app"), null, true, "", 0, GENERIC_SIZE);
    }
}
