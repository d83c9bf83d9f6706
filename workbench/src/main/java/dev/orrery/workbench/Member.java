package dev.orrery.workbench;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.component.Core;
import dev.orrery.machinery.event.StoreEventRecorder;
import dev.orrery.machinery.informer.LogInformers;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One component of the cluster through all its lives: started, killed, started anew. */
final class Member {

    private final String name;
    private final String user;
    private final Core.Factory cores;
    private final EventLoop loop;
    private final MemoryLog registry;
    private final Api api;
    private final Faults faults;
    private final Mishaps mishaps;
    private final SplittableRandom random;
    private @Nullable Incarnation life;
    private @Nullable LogInformers informers;

    /**
     * @param name as Kubernetes calls the component: {@code kube-scheduler}
     * @param user whose certificate it shows
     */
    Member(
            String name,
            String user,
            Core.Factory cores,
            EventLoop loop,
            MemoryLog registry,
            Api api,
            Faults faults,
            Mishaps mishaps,
            SplittableRandom random) {
        this.name = name;
        this.user = user;
        this.cores = cores;
        this.loop = loop;
        this.registry = registry;
        this.api = api;
        this.faults = faults;
        this.mishaps = mishaps;
        this.random = random;
    }

    String name() {
        return name;
    }

    boolean isSynced() {
        return informers != null && informers.applied() > 0;
    }

    void start() {
        Incarnation begun = new Incarnation(name, loop);
        Clock clock = begun.clock();
        Executor tasks = begun.tasks();
        SplittableRandom luck = random.split();
        Executor deliveries = begun.lateSteps(() -> delay(luck));
        FaultyTransport transport = new FaultyTransport(api, user, faults, mishaps, random.split());
        StoreClient store = new StoreClient(transport);
        LogInformers copies =
                new LogInformers(registry.seenThrough(deliveries, 1), transport, clock, tasks);
        Core core =
                cores.create(
                        new Surroundings(
                                clock,
                                tasks,
                                random.split(),
                                store,
                                copies,
                                new StoreEventRecorder(name, store, clock, tasks)));
        copies.start().thenRun(core::start);
        life = begun;
        informers = copies;
    }

    private Duration delay(SplittableRandom luck) {
        Duration delay = faults.delay(luck);
        return delay.isZero() || mishaps.happens() ? delay : Duration.ZERO;
    }

    /** As {@code kill -9}. */
    void kill() {
        if (informers != null) {
            informers.stop();
        }
        if (life != null) {
            life.kill();
        }
        life = null;
        informers = null;
    }

    boolean isRunning() {
        return life != null;
    }
}
