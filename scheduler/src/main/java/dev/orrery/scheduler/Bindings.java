package dev.orrery.scheduler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.time.Clock;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.framework.Framework.Cycle;
import dev.orrery.scheduler.framework.PreBind.Progress;
import dev.orrery.scheduler.framework.QueuedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Pods on their way from the decision to their node: first what must be there before (volumes) is
 * asked for and waited for, then the pod is bound. Called on the scheduling thread; what blocks
 * runs elsewhere and reports back.
 */
final class Bindings {

    /** As Kubernetes' bindTimeoutSeconds. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Clock clock;
    private final SerialLoop loop;
    private final PodWrites writes;
    private final EventRecorder events;
    private final ClusterFeed feed;
    private final BiConsumer<Reserved, String> failed;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    /** A pod for which everything was reserved. */
    record Reserved(QueuedPod tried, Cycle cycle, String node, Origin origin) {

        PodInfo pod() {
            return tried.pod();
        }
    }

    private record Waiting(Reserved reserved, Instant until, Clock.Timer timer) {}

    /**
     * @param failed hears of each pod that was not bound, with the reason
     */
    Bindings(
            Surroundings surroundings,
            SerialLoop loop,
            PodWrites writes,
            EventRecorder events,
            ClusterFeed feed,
            BiConsumer<Reserved, String> failed) {
        this.clock = surroundings.clock();
        this.loop = loop;
        this.writes = writes;
        this.events = events;
        this.feed = feed;
        this.failed = failed;
        feed.onObjects(this::lookAgain);
    }

    void begin(Reserved reserved) {
        if (reserved.cycle().hasPreBindWork(reserved.node())) {
            write(reserved, () -> reserved.cycle().preBind(reserved.node()), this::await);
        } else {
            bind(reserved);
        }
    }

    private void bind(Reserved reserved) {
        write(reserved, () -> bindAndTell(reserved), done -> {});
    }

    /** On a thread that may block. */
    private void bindAndTell(Reserved reserved) {
        reserved.cycle().bind(reserved.node());
        String message =
                "Successfully assigned " + reserved.pod().fullName() + " to " + reserved.node();
        events.normal(reserved.pod().pod(), "Scheduled", message);
    }

    private interface Then {
        void done(Reserved reserved);
    }

    private void write(Reserved reserved, Runnable task, Then then) {
        writes.write(
                reserved.pod().uid(),
                reserved.origin(),
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        String reason = String.valueOf(e.getMessage());
                        loop.post(() -> failed.accept(reserved, reason));
                        return;
                    }
                    loop.post(() -> then.done(reserved));
                });
    }

    private void await(Reserved reserved) {
        Clock.Timer timer = clock.schedule(LONGEST_WAIT, () -> loop.post(this::lookAgain));
        waiting.put(
                reserved.pod().uid(),
                new Waiting(reserved, clock.instant().plus(LONGEST_WAIT), timer));
        look(reserved.pod().uid());
    }

    private void lookAgain() {
        new ArrayList<>(waiting.keySet()).forEach(this::look);
    }

    private void look(String uid) {
        Waiting each = waiting.get(uid);
        if (each == null) {
            return;
        }
        Reserved reserved = each.reserved();
        switch (progress(each)) {
            case Progress.Waiting() -> {}
            case Progress.Done() -> {
                end(uid, each);
                bind(reserved);
            }
            case Progress.Failed(String reason) -> {
                end(uid, each);
                failed.accept(reserved, reason);
            }
        }
    }

    private Progress progress(Waiting each) {
        Reserved reserved = each.reserved();
        if (feed.stillUnbound(reserved.pod()) == null) {
            return new Progress.Failed("pod is gone");
        }
        Progress progress = reserved.cycle().preBindProgress(reserved.node());
        boolean late = !clock.instant().isBefore(each.until());
        return late && progress instanceof Progress.Waiting
                ? new Progress.Failed("binding volumes: context deadline exceeded")
                : progress;
    }

    private void end(String uid, Waiting each) {
        waiting.remove(uid);
        each.timer().cancel();
    }
}
