package dev.orrery.kubelet.process;

import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The runtime without a userland: a process does what its image's profile says, or what can be told
 * from a simple command, and otherwise runs for ever and answers every check with yes.
 */
public final class ProfileRuntime implements ContainerRuntime {

    private final Clock clock;

    public ProfileRuntime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ContainerProcess start(Launch launch, Consumer<Exit> exits) {
        return new ScriptedProcess(clock, behaviour(launch), launch.startedAt(), exits);
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
