package dev.orrery.kubelet.process;

import dev.orrery.machinery.time.Clock;
import dev.orrery.userland.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** What a container's machine runs on: the kubelet's clock and executor. */
record MachineHost(Clock clock, Executor executor, RandomGenerator random) implements Host {

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Clock.Timer timer = clock.schedule(delay, () -> executor.execute(task));
        return timer::cancel;
    }
}
