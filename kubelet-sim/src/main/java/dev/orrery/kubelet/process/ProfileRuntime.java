package dev.orrery.kubelet.process;

import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A container's own process does what its image's profile says, or what can be told from a simple
 * command, and otherwise runs for ever and answers every check with yes. Beside it any command can
 * be run, on a machine of the userland.
 */
public final class ProfileRuntime implements ContainerRuntime {

    private static final String LOOPBACK = "127.0.0.1";

    private final Clock clock;
    private final Executor executor;
    private final ContainerLogs logs;
    private final RunningContainers containers;

    /**
     * @param executor runs what is run in containers
     * @param logs where the processes write
     * @param containers told which run
     */
    public ProfileRuntime(
            Clock clock, Executor executor, ContainerLogs logs, RunningContainers containers) {
        this.clock = clock;
        this.executor = executor;
        this.logs = logs;
        this.containers = containers;
    }

    @Override
    public ContainerProcess start(Launch launch, Consumer<Exit> exits) {
        ContainerLog log =
                logs.open(
                        launch.pod().getMetadata().getUid(),
                        launch.container().getName(),
                        launch.containerId());
        Speech speech = new Speech(clock, launch.startedAt(), log, output(launch));
        speech.begin();
        containers.began(launch.containerId(), inside(launch));
        return new ScriptedProcess(
                clock,
                behaviour(launch),
                launch.startedAt(),
                exit -> {
                    containers.ended(launch.containerId());
                    speech.end();
                    exits.accept(exit);
                });
    }

    private MachineInside inside(Launch launch) {
        String hostname = hostname(launch.pod());
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOSTNAME", hostname);
        environment.putAll(launch.environment());
        environment.put("HOME", "/root");
        String directory = launch.container().getWorkingDir();
        return new MachineInside(
                new MachineHost(
                        clock, executor, new SplittableRandom(launch.containerId().hashCode())),
                hostname,
                LOOPBACK,
                directory == null || directory.isEmpty() ? "/" : directory,
                environment,
                launch.argv().isEmpty() ? List.of(launch.container().getName()) : launch.argv());
    }

    private static String hostname(Pod pod) {
        String own = pod.getSpec().getHostname();
        return own == null || own.isEmpty() ? String.valueOf(pod.getMetadata().getName()) : own;
    }

    @Override
    public void forget(Pod pod) {
        logs.forget(pod.getMetadata().getUid());
    }

    private static List<SimpleOutput.Line> output(Launch launch) {
        String greeting = launch.image().output();
        return launch.container().getCommand().isEmpty() && !greeting.isEmpty()
                ? List.of(new SimpleOutput.Line(Duration.ZERO, greeting))
                : SimpleOutput.of(launch.argv());
    }

    static Behaviour behaviour(Launch launch) {
        List<String> argv = launch.argv();
        Behaviour simple = SimpleCommands.behaviour(argv);
        if (simple != null) {
            return simple;
        }
        Integer endsWith = launch.image().endsWith();
        if (endsWith != null && launch.container().getCommand().isEmpty()) {
            return new Behaviour.Ends(endsWith, Duration.ZERO, launch.image().heedsTerm());
        }
        return new Behaviour.Forever(launch.image().heedsTerm());
    }
}
