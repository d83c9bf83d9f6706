package dev.orrery.kubelet.process;

import dev.orrery.userland.file.Errno;
import java.util.Locale;

/** Why something cannot be run, in the words of the usual container runtime. */
final class Refusals {

    private Refusals() {}

    static String start(String program, Errno errno) {
        return "failed to create containerd task: failed to create shim task: OCI runtime create"
                + " failed: runc create failed: unable to start container process: error during"
                + " container init: "
                + exec(program, errno);
    }

    static String run(String program, Errno errno) {
        return "error executing command in container: failed to exec in container: failed to start"
                + " exec: OCI runtime exec failed: exec failed: unable to start container process:"
                + " "
                + exec(program, errno);
    }

    static String probe(String program, Errno errno) {
        return "rpc error: code = Unknown desc = failed to exec in container: failed to start"
                + " exec: OCI runtime exec failed: exec failed: unable to start container process:"
                + " "
                + exec(program, errno);
    }

    private static String exec(String program, Errno errno) {
        String why =
                switch (errno) {
                    case ENOENT ->
                            program.contains("/")
                                    ? "stat " + program + ": no such file or directory"
                                    : "executable file not found in $PATH";
                    default -> errno.words().toLowerCase(Locale.ROOT);
                };
        return "exec: \"" + program + "\": " + why + ": unknown";
    }
}
