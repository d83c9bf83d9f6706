package dev.orrery.machinery.store.grpc;

import dev.orrery.machinery.time.Clock;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;

/**
 * Keeps a channel trying. Left to itself a channel waits up to two minutes between attempts, and an
 * api-server that was started again would be overlooked for as long.
 */
final class Reconnect {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final ManagedChannel channel;
    private final Clock clock;

    Reconnect(ManagedChannel channel, Clock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    void start() {
        watch(channel.getState(true));
    }

    private void watch(ConnectivityState state) {
        channel.notifyWhenStateChanged(state, () -> changed(channel.getState(true)));
    }

    private void changed(ConnectivityState state) {
        if (state == ConnectivityState.TRANSIENT_FAILURE) {
            clock.schedule(INTERVAL, this::tryNow);
        } else if (state != ConnectivityState.SHUTDOWN) {
            watch(state);
        }
    }

    private void tryNow() {
        channel.resetConnectBackoff();
        changed(channel.getState(true));
    }
}
