package dev.orrery.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a container may take to be as well as it was, when its process begins anew: as long as
 * it took the first time, or as its probes allow, and a period of theirs.
 *
 * <p>A container that was ready 12 s after its start, whose readiness probe comes every 10 s after
 * 5 s: max(12, 5) + 10 = 22 s.
 */
final class WarmUp {

    /** Who takes longer than that is broken. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int USUAL_PERIOD = 10;
    private static final int USUAL_THRESHOLD = 3;

    private WarmUp() {}

    static Duration of(Pod pod, Container container, Instant startedAt) {
        Probe startup = container.getStartupProbe();
        Duration allowed = longer(firstTime(pod, startedAt), allowedTo(startup));
        Duration period = Duration.ZERO;
        for (Probe probe :
                Stream.of(startup, container.getReadinessProbe(), container.getLivenessProbe())
                        .filter(Objects::nonNull)
                        .toList()) {
            allowed = longer(allowed, seconds(probe.getInitialDelaySeconds(), 0));
            period = longer(period, seconds(probe.getPeriodSeconds(), USUAL_PERIOD));
        }
        Duration whole = allowed.plus(period);
        return whole.compareTo(LONGEST) > 0 ? LONGEST : whole;
    }

    /** With 5 s of delay and 3 tries every 10 s a container may take 35 s to start. */
    private static Duration allowedTo(@Nullable Probe startup) {
        if (startup == null) {
            return Duration.ZERO;
        }
        int tries = orElse(startup.getFailureThreshold(), USUAL_THRESHOLD);
        return seconds(startup.getInitialDelaySeconds(), 0)
                .plus(seconds(startup.getPeriodSeconds(), USUAL_PERIOD).multipliedBy(tries));
    }

    private static Duration seconds(@Nullable Integer value, int usual) {
        return Duration.ofSeconds(orElse(value, usual));
    }

    private static Duration firstTime(Pod pod, Instant startedAt) {
        return pod.getStatus().getConditions().stream()
                .filter(each -> "Ready".equals(each.getType()) && "True".equals(each.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .map(time -> Duration.between(startedAt, OffsetDateTime.parse(time).toInstant()))
                .filter(took -> !took.isNegative())
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static int orElse(@Nullable Integer value, int usual) {
        return value == null || value == 0 ? usual : value;
    }
}
