package dev.orrery.kubelet.process;

import dev.orrery.userland.Exec;
import dev.orrery.userland.Host;
import dev.orrery.userland.Limits;
import dev.orrery.userland.Loopback;
import dev.orrery.userland.Machine;
import dev.orrery.userland.applet.Applets;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.User;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a container: a machine with a shell, its usual tools and files of its own, which is
 * made when the first command is run in it. The container's own process is number 1 there and does
 * nothing: what it does is told by its image's profile.
 */
final class MachineInside implements RunningContainers.Inside {

    private static final int HANG_UP = 1;

    private final Host host;
    private final String hostname;
    private final String address;
    private final String directory;
    private final Map<String, String> environment;
    private final List<String> argv;
    private @Nullable Machine machine;

    /**
     * @param argv of the container's own process
     */
    MachineInside(
            Host host,
            String hostname,
            String address,
            String directory,
            Map<String, String> environment,
            List<String> argv) {
        this.host = host;
        this.hostname = hostname;
        this.address = address;
        this.directory = directory;
        this.environment = environment;
        this.argv = argv;
    }

    @Override
    public Session run(
            List<String> command, boolean stdin, boolean terminal, SessionOutput output) {
        Exec exec =
                new Exec(
                        command,
                        environment,
                        directory,
                        User.ROOT,
                        stdin,
                        terminal,
                        output::out,
                        output::err);
        try {
            dev.orrery.userland.Session session = machine().start(exec);
            session.exit().thenAccept(output::exited);
            return new Joined(session, terminal);
        } catch (FileException e) {
            host.execute(() -> output.failed(refusal(command.getFirst(), e.errno())));
            return new Nobody();
        }
    }

    @Override
    public synchronized void end() {
        if (machine != null) {
            machine.stop();
        }
    }

    private synchronized Machine machine() {
        if (machine == null) {
            machine =
                    new Machine(
                            hostname,
                            host,
                            Limits.DEFAULT,
                            new Applets(),
                            new Loopback(address),
                            () -> ContainerFiles.of(hostname, directory, host));
            machine.occupy(argv, environment);
        }
        return Objects.requireNonNull(machine);
    }

    /** In the words of the usual container runtime. */
    static String refusal(String program, Errno errno) {
        String why =
                switch (errno) {
                    case ENOENT ->
                            program.contains("/")
                                    ? "stat " + program + ": no such file or directory"
                                    : "executable file not found in $PATH";
                    default -> errno.words().toLowerCase(Locale.ROOT);
                };
        return "error executing command in container: failed to exec in container: failed to start"
                + " exec: OCI runtime exec failed: exec failed: unable to start container process:"
                + " exec: \""
                + program
                + "\": "
                + why
                + ": unknown";
    }

    /** A command that runs. */
    private record Joined(dev.orrery.userland.Session session, boolean terminal)
            implements Session {

        @Override
        public boolean write(byte[] bytes, Runnable drained) {
            return session.write(bytes, drained);
        }

        @Override
        public void endInput() {
            session.closeInput();
        }

        @Override
        public void resize(int columns, int rows) {
            session.resize(columns, rows);
        }

        @Override
        public void resume() {
            session.resume();
        }

        @Override
        public void close() {
            session.resume();
            session.closeInput();
            session.signal(HANG_UP);
        }
    }

    /** A command that could not be started. */
    private record Nobody() implements Session {

        @Override
        public boolean write(byte[] bytes, Runnable drained) {
            return true;
        }

        @Override
        public void endInput() {}

        @Override
        public void resize(int columns, int rows) {}

        @Override
        public void resume() {}

        @Override
        public void close() {}
    }
}
