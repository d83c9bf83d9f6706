package dev.orrery.kubelet.pod;

import dev.orrery.kubelet.probe.Answer;
import dev.orrery.kubelet.probe.Check;
import dev.orrery.kubelet.process.ContainerProcess;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks a process one question again and again, and tells when enough answers in a row agree. The
 * first question comes with the first period that does not lie before the initial delay. In the
 * node's mailbox.
 */
final class ProbeLoop {

    /** Hears of answers. */
    interface Listener {

        /** One answer was good, with a reservation. */
        void warned(String message);

        /** One answer was bad. */
        void failedOnce(String message);

        /** The question could not be put. */
        void errored(String error);

        /** The threshold was reached; told once until the other threshold is. */
        void settled(boolean good);
    }

    private final PodHost host;
    private final ContainerProcess process;
    private final Check check;
    private final Duration period;
    private final Duration timeout;
    private final Duration firstAfter;
    private final Instant excusedUntil;
    private final int successThreshold;
    private final int failureThreshold;
    private final Listener listener;

    private Clock.@Nullable Timer timer;
    private boolean stopped;
    private boolean everGood;
    private boolean lastGood;
    private int inARow;
    private @Nullable Boolean settled;

    /**
     * @param excusedUntil a bad answer before then is none, as long as there was no good one
     */
    ProbeLoop(
            PodHost host,
            ContainerProcess process,
            Check check,
            Probe probe,
            Instant startedAt,
            Instant excusedUntil,
            Listener listener) {
        this.host = host;
        this.process = process;
        this.check = check;
        this.listener = listener;
        this.excusedUntil = excusedUntil;
        this.period = Duration.ofSeconds(orElse(probe.getPeriodSeconds(), 10));
        this.timeout = Duration.ofSeconds(orElse(probe.getTimeoutSeconds(), 1));
        this.successThreshold = orElse(probe.getSuccessThreshold(), 1);
        this.failureThreshold = orElse(probe.getFailureThreshold(), 3);
        this.firstAfter = firstAfter(orElse(probe.getInitialDelaySeconds(), 0), startedAt);
    }

    void start() {
        timer = host.after(firstAfter, this::ask);
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void ask() {
        if (stopped) {
            return;
        }
        process.check(check, timeout, answer -> host.mailbox().post(() -> answered(answer)));
    }

    private void answered(Answer answer) {
        if (stopped) {
            return;
        }
        switch (answer) {
            case Answer.Good _ -> count(true);
            case Answer.Warning(String message) -> {
                listener.warned(message);
                count(true);
            }
            case Answer.Bad(String message) -> {
                if (everGood || !host.now().isBefore(excusedUntil)) {
                    listener.failedOnce(message);
                    count(false);
                }
            }
            case Answer.Unknown(String error) -> listener.errored(error);
        }
        if (!stopped) {
            timer = host.after(period, this::ask);
        }
    }

    private void count(boolean good) {
        everGood |= good;
        inARow = good == lastGood ? inARow + 1 : 1;
        lastGood = good;
        int threshold = good ? successThreshold : failureThreshold;
        boolean news = settled == null || settled != good;
        if (inARow >= threshold && news) {
            settled = good;
            listener.settled(good);
        }
    }

    /** With a period of 10 s and an initial delay of 15 s the first question comes after 20 s. */
    private Duration firstAfter(int initialDelaySeconds, Instant startedAt) {
        long periods =
                (initialDelaySeconds + period.toSeconds() - 1) / Math.max(1, period.toSeconds());
        Duration left = Duration.between(host.now(), startedAt.plus(period.multipliedBy(periods)));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static int orElse(@Nullable Integer value, int usual) {
        return value == null || value == 0 ? usual : Objects.requireNonNull(value);
    }
}
