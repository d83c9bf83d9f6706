package dev.orrery.apiserver.establish;

import dev.orrery.apiserver.aggregation.Delegate;
import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.aggregation.DiscoveryCheck;
import dev.orrery.apiserver.aggregation.Verdict;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps the conditions of APIServices that other servers stand behind: they are asked when their
 * APIService changes, and now and then. Called by one follower.
 */
final class Rechecks implements AutoCloseable {

    /** One that answers is believed so long; one that does not is asked again in a second. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final World world;
    private final Registrar registrar;
    private final DiscoveryCheck check;
    private final Delegates delegates;

    /** One for each that is available. Guarded by this. */
    private final Map<String, Clock.Timer> timers = new HashMap<>();

    private boolean closed;

    Rechecks(World world, Registrar registrar, DiscoveryCheck check, Delegates delegates) {
        this.world = world;
        this.registrar = registrar;
        this.check = check;
        this.delegates = delegates;
    }

    /**
     * Whether nothing is left to do for now.
     *
     * @param again to be told the name when it is to be looked at again
     */
    CompletionStage<Boolean> bringUpToDate(String name, Consumer<String> again) {
        cancel(name);
        Delegate delegate = delegates.named(name);
        if (delegate == null) {
            return registrar.bringUpToDate(name);
        }
        return check.ask(delegate, world.stores().registry().current())
                .thenCompose(verdict -> told(name, verdict, again));
    }

    private CompletionStage<Boolean> told(String name, Verdict verdict, Consumer<String> again) {
        if (verdict.available()) {
            schedule(name, again);
        }
        return registrar.tell(name, verdict).thenApply(_ -> verdict.available());
    }

    private synchronized void schedule(String name, Consumer<String> again) {
        if (!closed) {
            timers.put(name, world.clock().schedule(AGAIN, () -> again.accept(name)));
        }
    }

    private synchronized void cancel(String name) {
        Clock.Timer timer = timers.remove(name);
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        timers.values().forEach(Clock.Timer::cancel);
        timers.clear();
    }
}
