package dev.orrery.kubelet.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of an image.
 *
 * @param name the repository's last part, or a full repository without tag
 * @param environment its own variables
 * @param user as which its processes run, unless the pod says otherwise
 * @param workingDir where they begin, unless the pod says otherwise
 * @param tools whether it holds a shell and the usual commands
 * @param busybox whether its commands are busybox's, and not GNU's
 * @param open whether it may hold any command: nobody knows what is in it
 * @param programs what is in it beside those, by path
 * @param files their text, by path
 * @param sizeBytes as the runtime reports it
 */
public record ImageProfile(
        String name,
        List<String> entrypoint,
        List<String> cmd,
        Map<String, String> environment,
        User user,
        String workingDir,
        boolean tools,
        boolean busybox,
        boolean open,
        Map<String, ProgramSpec> programs,
        Map<String, String> files,
        long sizeBytes) {

    private static final long GENERIC_SIZE = 29_000_000;

    /** Who an image's processes run as. */
    public record User(long uid, long gid) {
        public static final User ROOT = new User(0, 0);
    }

    public ImageProfile {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        programs = Collections.unmodifiableMap(new LinkedHashMap<>(programs));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** For an image that nobody described: a server that runs until it is stopped. */
    public static ImageProfile generic(String name) {
        return new ImageProfile(
                name,
                List.of(),
                List.of("/app"),
                Map.of(),
                User.ROOT,
                "/",
                true,
                false,
                true,
                Map.of("/app", ProgramSpec.ANY),
                Map.of(),
                GENERIC_SIZE);
    }
}
