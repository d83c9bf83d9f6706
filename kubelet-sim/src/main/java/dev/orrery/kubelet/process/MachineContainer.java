package dev.orrery.kubelet.process;

import dev.orrery.kubelet.eviction.OutOfMemoryScore;
import dev.orrery.kubelet.files.ContainerFiles;
import dev.orrery.kubelet.files.ControlGroup;
import dev.orrery.kubelet.files.Hostname;
import dev.orrery.kubelet.files.KubeletFiles;
import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import dev.orrery.kubelet.probe.ServerCheck;
import dev.orrery.kubelet.program.ImagePrograms;
import dev.orrery.userland.Exec;
import dev.orrery.userland.Limits;
import dev.orrery.userland.Machine;
import dev.orrery.userland.Network;
import dev.orrery.userland.file.Errno;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a container: a machine whose process 1 is the container's own. Its files are made when
 * the first process needs them. For any thread.
 */
final class MachineContainer implements ContainerProcess, RunningContainers.Inside {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int TERM = 15;

    private final Launch launch;
    private final MachineHost host;
    private final Network network;
    private final ContainerOutput output;
    private final ImagePrograms programs;
    private final Hostname hostname;
    private final Map<String, String> environment;
    private final String directory;
    private final User user;
    private final Machine machine;
    private volatile Container sized;
    private volatile long imageBytes;
    private volatile dev.orrery.userland.@Nullable Session process;

    MachineContainer(Launch launch, MachineHost host, Network network, ContainerOutput output) {
        this.launch = launch;
        this.sized = launch.container();
        this.host = host;
        this.network = network;
        this.output = output;
        this.programs = new ImagePrograms(launch.image(), SpokenPorts.of(launch.container()));
        this.hostname = Hostname.of(launch.pod(), launch.place().nodeName());
        this.user = Identity.of(launch.pod().getSpec(), launch.container(), launch.image());
        this.environment = environment();
        this.directory = directory();
        this.machine =
                new Machine(hostname.shown(), host, limits(), programs, network, this::makeFiles);
        machine.settings(sysctls(launch.pod().getSpec()));
        machine.noNewPrivileges(forbidsEscalation(launch.container()));
    }

    /** Starts the container's own process. */
    void boot(Consumer<Exit> exits) throws StartException {
        List<String> argv = launch.argv();
        if (argv.isEmpty()) {
            throw new StartException("failed to create containerd container: no command specified");
        }
        Container container = launch.container();
        Exec exec =
                new Exec(
                        argv,
                        environment,
                        directory,
                        user,
                        Boolean.TRUE.equals(container.getStdin()),
                        hasTerminal(),
                        output::out,
                        output::err);
        try {
            dev.orrery.userland.Session session =
                    machine.boot(exec, launch.startedAt(), programs.otherwise());
            process = session;
            session.exit().thenAccept(code -> ended(code, exits));
        } catch (FileException refused) {
            throw new StartException(Refusals.start(argv.getFirst(), refused.errno()));
        }
    }

    private void ended(int code, Consumer<Exit> exits) {
        output.end(code);
        String message = LastWords.of(launch.container(), machine, output.log(), code);
        String reason = machine.outOfMemory() ? "OOMKilled" : "";
        exits.accept(new Exit(code, reason, message));
    }

    @Override
    public void signal(Signal signal) {
        switch (signal) {
            case TERM -> Objects.requireNonNull(process).signal(TERM);
            case KILL -> machine.stop();
        }
    }

    @Override
    public void resize(Container container) {
        sized = container;
        machine.limits(limits());
        if (machine.hasFiles()) {
            ControlGroup.write(container, machine.files());
        }
    }

    @Override
    public void check(Check check, Duration timeout, Consumer<Answer> reply) {
        switch (check) {
            case Check.Exec(List<String> command) ->
                    new ExecCheck(command, timeout, host, reply).begin(this);
            case Check.OfServer server ->
                    ServerCheck.ask(server, network, host.clock(), host.executor(), timeout, reply);
        }
    }

    /** Throws the FileException of a command that cannot be run. */
    dev.orrery.userland.Session start(
            List<String> command, boolean stdin, boolean terminal, SessionOutput listener) {
        dev.orrery.userland.Session session =
                machine.start(
                        new Exec(
                                command,
                                environment,
                                directory,
                                user,
                                stdin,
                                terminal,
                                listener::out,
                                listener::err));
        session.exit().thenAccept(listener::exited);
        return session;
    }

    @Override
    public Session run(
            List<String> command, boolean stdin, boolean terminal, SessionOutput listener) {
        try {
            return new Sessions.Run(start(command, stdin, terminal, listener));
        } catch (FileException refused) {
            Errno errno = refused.errno();
            host.execute(() -> listener.failed(Refusals.run(command.getFirst(), errno)));
            return new Sessions.Nobody();
        }
    }

    @Override
    public Session attach(boolean stdin, SessionOutput listener) {
        output.join(listener);
        return new Sessions.Attached(
                Objects.requireNonNull(process),
                stdin && Boolean.TRUE.equals(launch.container().getStdin()),
                Boolean.TRUE.equals(launch.container().getStdinOnce()),
                output,
                listener);
    }

    @Override
    public boolean hasTerminal() {
        return Boolean.TRUE.equals(launch.container().getTty());
    }

    @Override
    public Machine machine() {
        return machine;
    }

    private static Map<String, String> sysctls(PodSpec spec) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (spec.getSecurityContext() != null) {
            spec.getSecurityContext()
                    .getSysctls()
                    .forEach(each ->
                            settings.put(each.getName().replace('/', '.'), each.getValue()));
        }
        return settings;
    }

    private static boolean forbidsEscalation(Container container) {
        return container.getSecurityContext() != null
                && Boolean.FALSE.equals(
                        container.getSecurityContext().getAllowPrivilegeEscalation());
    }

    private Limits limits() {
        ResourceRequirements resources = sized.getResources();
        Quantity memory = resources == null ? null : resources.getLimits().get("memory");
        return memory == null
                ? Limits.DEFAULT
                : Limits.DEFAULT.withMemory(memory.getNumericalAmount().longValue());
    }

    private Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PATH", PATH);
        all.putAll(launch.image().environment());
        all.put("HOSTNAME", hostname.shown());
        if (hasTerminal()) {
            all.put("TERM", "xterm");
        }
        all.putAll(launch.environment());
        all.putIfAbsent("HOME", user.uid() == 0 ? "/root" : "/");
        return all;
    }

    private String directory() {
        String own = launch.container().getWorkingDir();
        return own == null || own.isEmpty() ? launch.image().workingDir() : own;
    }

    @Override
    public long writtenBytes() {
        return output.log().writtenBytes()
                + (machine.hasFiles()
                        ? Math.max(0, root(machine.files()).usedBytes() - imageBytes)
                        : 0);
    }

    /** As the machine's own thread left it a moment ago, which is as good as any other. */
    @Override
    public long memoryBytes() {
        return machine.memoryBytes();
    }

    /** Children have it from process 1. */
    private void writeScore(FileSystem files) {
        int score =
                OutOfMemoryScore.of(launch.pod(), launch.container(), launch.place().memoryBytes());
        for (String process : List.of("1", "self")) {
            files.generated("/proc/" + process + "/oom_score_adj", () -> Raw.bytes(score + "\n"));
        }
    }

    private static Volume root(FileSystem files) {
        return files.mounts().getFirst().node().volume();
    }

    private FileSystem makeFiles() {
        Container container = launch.container();
        FileSystem files =
                ContainerFiles.of(
                        programs,
                        container.getSecurityContext() != null
                                && Boolean.TRUE.equals(
                                        container.getSecurityContext().getReadOnlyRootFilesystem()),
                        host);
        KubeletFiles.mount(launch.pod(), container, hostname, launch.place().podIp(), files, host);
        ControlGroup.write(sized, files);
        writeScore(files);
        launch.mounts().into(files);
        files.makeDirectories(directory);
        imageBytes = root(files).usedBytes();
        return files;
    }
}
