package dev.orrery.scheduler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.time.Clock;
import dev.orrery.scheduler.cluster.Cluster;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Framework;
import dev.orrery.scheduler.queue.SchedulingQueue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds a node for each pod that has none and is its own by {@code schedulerName}, and binds it
 * there. Decides on one pod at a time and binds many: a pod counts as running on its node from the
 * decision on.
 *
 * <p>The constructor registers with the informers; whoever assembles then starts those, and calls
 * {@link #start}. All that it knows comes from the informers, so a new one goes on where another
 * ended. Between {@link #stop} and the next start it follows the cluster and decides nothing.
 */
public final class Scheduler {

    private final Clock clock;
    private final SerialLoop loop;
    private final SchedulingQueue queue;
    private final PodScheduling scheduling;
    private boolean running;
    private @Nullable Instant alarmAt;
    private Clock.@Nullable Timer alarm;

    public Scheduler(Surroundings surroundings, SchedulerConfig config) {
        clock = surroundings.clock();
        loop = new SerialLoop(surroundings.executor(), new Turns());
        PodWrites writes = new PodWrites(surroundings.executor(), loop);
        DefaultPlugins plugins =
                new DefaultPlugins(surroundings, config, loop, writes, this::tryAgain);
        Cluster cluster = plugins.cluster();
        Framework framework = plugins.framework();
        queue = new SchedulingQueue(clock, framework, config.backoff());
        ClusterFeed feed =
                new ClusterFeed(
                        loop, cluster, queue, surroundings.informers(), config.schedulerName());
        plugins.follow(feed);
        scheduling =
                new PodScheduling(
                        surroundings, config, loop, cluster, framework, queue, feed, writes);
    }

    private void tryAgain(PodInfo pod) {
        queue.activate(pod.uid());
    }

    /** From any thread, once the informers have been started; also after a stop. */
    public void start() {
        loop.post(() -> running = true);
    }

    /** From any thread. The decision that is being made is carried out; no other is made. */
    public void stop() {
        loop.post(() -> {
            running = false;
            quietAlarm();
        });
    }

    /** One pod a turn, as long as pods wait and not too many are on their way. */
    private final class Turns implements SerialLoop.Work {

        @Override
        public void doNext() {
            if (!running) {
                return;
            }
            queue.endLongWaits();
            if (scheduling.mayDecide()) {
                scheduling.decideNext();
            }
            setAlarm();
        }

        @Override
        public boolean hasNext() {
            return running && scheduling.mayDecide() && queue.hasNext();
        }
    }

    /** Wakes the loop when a back-off or a long wait ends, if nothing else does. */
    private void setAlarm() {
        Instant due = queue.nextDue().orElse(null);
        if (due == null || due.equals(alarmAt)) {
            return;
        }
        quietAlarm();
        alarmAt = due;
        alarm = clock.schedule(Duration.between(clock.instant(), due), this::ring);
    }

    private void ring() {
        loop.post(() -> alarmAt = null);
    }

    private void quietAlarm() {
        if (alarm != null) {
            alarm.cancel();
        }
        alarmAt = null;
    }
}
