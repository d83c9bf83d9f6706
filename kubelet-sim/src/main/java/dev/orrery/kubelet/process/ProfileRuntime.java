package dev.orrery.kubelet.process;

import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.kubelet.output.ContainerLogs;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The runtime without a userland: a process does what its image's profile says, or what can be told
 * from a simple command, and otherwise runs for ever and answers every check with yes.
 */
public final class ProfileRuntime implements ContainerRuntime {

    private final Clock clock;
    private final ContainerLogs logs;

    /**
     * @param logs where the processes write
     */
    public ProfileRuntime(Clock clock, ContainerLogs logs) {
        this.clock = clock;
        this.logs = logs;
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
        return new ScriptedProcess(
                clock,
                behaviour(launch),
                launch.startedAt(),
                exit -> {
                    speech.end();
                    exits.accept(exit);
                });
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
