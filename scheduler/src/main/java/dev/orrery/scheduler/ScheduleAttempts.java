package dev.orrery.scheduler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.metric.Metrics;
import dev.orrery.machinery.time.Clock;
import dev.orrery.scheduler.queue.SchedulingQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What came of attempts to find a node, under Kubernetes' names. On the scheduling thread. */
final class ScheduleAttempts {

    private final Clock clock;
    private final Metrics metrics;
    private final String profile;
    private Instant begun = Instant.EPOCH;

    ScheduleAttempts(Surroundings surroundings, String profile, SchedulingQueue queue) {
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
        this.profile = profile;
        metrics.gauge("scheduler_pending_pods", "queue=\"active\"", queue::activeCount);
        metrics.gauge("scheduler_pending_pods", "queue=\"backoff\"", queue::backoffCount);
        metrics.gauge("scheduler_pending_pods", "queue=\"unschedulable\"", queue::waitingCount);
        metrics.gauge("scheduler_pending_pods", "queue=\"gated\"", queue::gatedCount);
    }

    /** How an attempt can end. */
    enum Result {
        SCHEDULED,
        UNSCHEDULABLE,
        ERROR
    }

    void begin() {
        begun = clock.instant();
    }

    void record(Result result) {
        String labels =
                "profile=\"%s\",result=\"%s\""
                        .formatted(profile, result.name().toLowerCase(Locale.ROOT));
        metrics.count("scheduler_schedule_attempts_total", labels);
        metrics.took(
                "scheduler_scheduling_attempt_duration_seconds",
                labels,
                Duration.between(begun, clock.instant()));
    }
}
