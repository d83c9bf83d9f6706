package dev.orrery.workbench;

import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.body.SchemaBodies;
import dev.orrery.controllermanager.ControllerManager;
import dev.orrery.controllermanager.ControllerManagerConfig;
import dev.orrery.kubelet.KubeletConfig;
import dev.orrery.kubelet.KubeletPool;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.component.Core;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.MemoryLog;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.scheduler.Scheduler;
import dev.orrery.scheduler.SchedulerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster in this JVM, in which nothing happens by itself: it runs while {@link #run} and
 * its like are called, and in virtual time. The same seed, nodes, faults and calls give the same
 * history to the last record. Used by one thread.
 */
public final class Workbench {

    private static final Instant BEGIN = Instant.parse("2026-01-05T09:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** No process starts sooner; what the one before it had asked for is done or lost by then. */
    private static final Duration AWAY = Duration.ofSeconds(1);

    /** The schema is read once for all workbenches of a JVM. */
    private static final Bodies BODIES = new SchemaBodies();

    private final EventLoop loop;
    private final MemoryLog registry;
    private final ApiMember api;
    private final List<Member> members = new ArrayList<>();
    private final StoreClient admin;
    private @Nullable KubeletPool kubelets;

    private Workbench(
            long seed,
            int nodes,
            Faults faults,
            Mishaps mishaps,
            Instant begin,
            UnaryOperator<Surroundings> tampering) {
        SplittableRandom random = new SplittableRandom(seed);
        this.loop = new EventLoop(random.nextLong(), begin);
        Incarnation world = new Incarnation("world", loop);
        this.registry = new MemoryLog(world.steps());
        MemoryLog events = new MemoryLog(world.steps());
        this.api = new ApiMember(loop, registry, events, BODIES, random.split());
        this.admin = new StoreClient(new PumpingTransport(this));
        Parts parts = new Parts(faults, mishaps, random);
        parts.add("kube-scheduler", "system:kube-scheduler", Workbench::scheduler);
        parts.add(
                "kube-controller-manager",
                "system:kube-controller-manager",
                surroundings -> controllers(tampering.apply(surroundings)));
        KubeletConfig pool = KubeletConfig.DEFAULT.withNodes(nodes);
        parts.add("kubelet", "system:kubelet-sim", surroundings -> kubelets(surroundings, pool));
    }

    /** Starts a cluster and runs it until its nodes are there. */
    public static Workbench start(long seed, int nodes, Faults faults) {
        return start(seed, nodes, faults, UnaryOperator.identity());
    }

    /**
     * The same, with controllers that are wrong on purpose.
     *
     * @param tampering what is wrong with the world as the controllers see it
     */
    static Workbench start(
            long seed, int nodes, Faults faults, UnaryOperator<Surroundings> tampering) {
        return start(seed, nodes, faults, Mishaps.all(), tampering);
    }

    /**
     * The same, without some of the faults.
     *
     * @param mishaps which of them happen
     */
    static Workbench start(
            long seed,
            int nodes,
            Faults faults,
            Mishaps mishaps,
            UnaryOperator<Surroundings> tampering) {
        return started(new Workbench(seed, nodes, faults, mishaps, BEGIN, tampering));
    }

    /** A cluster whose first day is another than the usual one. */
    public static Workbench startAt(Instant begin, long seed, int nodes, Faults faults) {
        return started(
                new Workbench(seed, nodes, faults, Mishaps.all(), begin, UnaryOperator.identity()));
    }

    private static Workbench started(Workbench workbench) {
        workbench.await(workbench.api.start());
        workbench.members.forEach(Member::start);
        workbench.runUntil(() -> workbench.members.stream().allMatch(Member::isSynced), PATIENCE);
        return workbench;
    }

    /** Reads and writes as the cluster's administrator; each call runs the cluster meanwhile. */
    public StoreClient admin() {
        return admin;
    }

    public Instant now() {
        return loop.now();
    }

    /** Everything that was ever written, in order. */
    public List<LogRecord> history() {
        return registry.records();
    }

    /** Lets this much time pass. */
    public void run(Duration time) {
        Instant limit = loop.now().plus(time);
        while (loop.step(limit)) {
            // Each step may bring others.
        }
    }

    /**
     * Runs until something holds.
     *
     * @return whether it came to hold within the time
     */
    public boolean runUntil(BooleanSupplier holds, Duration patience) {
        Instant limit = loop.now().plus(patience);
        while (!holds.getAsBoolean()) {
            if (!loop.step(limit)) {
                return holds.getAsBoolean();
            }
        }
        return true;
    }

    /** Runs exactly so many steps. */
    public void steps(int count) {
        for (int i = 0; i < count; i++) {
            loop.step(loop.now().plus(PATIENCE));
        }
    }

    /** Kills a component and starts it anew: {@code kube-scheduler}. */
    public void restart(String name) {
        Member member = member(name);
        member.kill();
        run(AWAY);
        member.start();
    }

    public void kill(String name) {
        member(name).kill();
    }

    /** As if a node's cable were pulled: its kubelet falls silent, until the kubelets restart. */
    public void cutOff(String node) {
        Objects.requireNonNull(kubelets).stopNode(node);
    }

    /** Kills the api-server and starts it anew from the log. */
    public void restartApiServer() {
        api.kill();
        await(api.start());
    }

    /** Runs the cluster until a stage is complete. */
    <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        if (!runUntil(answer::isDone, PATIENCE)) {
            throw new IllegalStateException("no answer within " + PATIENCE + " of virtual time");
        }
        return Coroutine.unwrap(answer);
    }

    Api api() {
        return api;
    }

    private Member member(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no component " + name));
    }

    private static Core scheduler(Surroundings surroundings) {
        Scheduler scheduler = new Scheduler(surroundings, SchedulerConfig.DEFAULT);
        return Core.of(scheduler::start, scheduler::stop);
    }

    private static Core controllers(Surroundings surroundings) {
        ControllerManager controllers =
                new ControllerManager(surroundings, new ControllerManagerConfig("workbench", null));
        return Core.of(controllers::start, controllers::stop);
    }

    private Core kubelets(Surroundings surroundings, KubeletConfig config) {
        KubeletPool pool = new KubeletPool(surroundings, config);
        kubelets = pool;
        return Core.of(pool::start, pool::stop);
    }

    private final class Parts {

        private final Faults faults;
        private final Mishaps mishaps;
        private final SplittableRandom random;

        Parts(Faults faults, Mishaps mishaps, SplittableRandom random) {
            this.faults = faults;
            this.mishaps = mishaps;
            this.random = random;
        }

        void add(String name, String user, Core.Factory cores) {
            members.add(
                    new Member(
                            name,
                            user,
                            cores,
                            loop,
                            registry,
                            api,
                            faults,
                            mishaps,
                            random.split()));
        }
    }
}
