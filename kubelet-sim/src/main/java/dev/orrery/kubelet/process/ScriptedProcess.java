package dev.orrery.kubelet.process;

import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process whose course is known from the start. */
final class ScriptedProcess implements ContainerProcess {

    private final Clock clock;
    private final Behaviour behaviour;
    private final Consumer<Exit> exits;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Clock.@Nullable Timer end;

    ScriptedProcess(Clock clock, Behaviour behaviour, Instant startedAt, Consumer<Exit> exits) {
        this.clock = clock;
        this.behaviour = behaviour;
        this.exits = exits;
        this.end =
                switch (behaviour) {
                    case Behaviour.Forever _ -> null;
                    case Behaviour.Ends(int code, Duration after, boolean _) ->
                            clock.schedule(
                                    Duration.between(clock.instant(), startedAt.plus(after)),
                                    () -> finish(Exit.of(code)));
                };
    }

    @Override
    public void signal(Signal signal) {
        switch (signal) {
            case TERM -> {
                if (behaviour.heedsTerm()) {
                    clock.schedule(Duration.ZERO, () -> finish(Exit.of(0)));
                }
            }
            case KILL -> clock.schedule(Duration.ZERO, () -> finish(Exit.by(signal)));
        }
    }

    @Override
    public void check(Check check, Consumer<Answer> reply) {
        if (check instanceof Check.Exec(List<String> command)
                && SimpleCommands.behaviour(command)
                        instanceof Behaviour.Ends(int code, Duration after, boolean _)) {
            Answer answer = new Answer(code == 0, "", true);
            clock.schedule(after, () -> reply.accept(answer));
        } else {
            reply.accept(Answer.ALWAYS_GOOD);
        }
    }

    private void finish(Exit exit) {
        if (ended.compareAndSet(false, true)) {
            if (end != null) {
                end.cancel();
            }
            exits.accept(exit);
        }
    }
}
