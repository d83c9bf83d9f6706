package dev.orrery.apiserver.edge;

import dev.orrery.machinery.store.grpc.Credentials;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP/2 connection to each process that nodes live in, by its address, made when it is first
 * used. Used from any thread.
 */
final class NodeChannels implements AutoCloseable {

    /** Processes come and go with new addresses; those that were not used for long are let go. */
    private static final int MOST_CHANNELS = 256;

    /** Whatever its address: the certificate speaks for the service. */
    private static final String AUTHORITY = "kubelet-sim";

    private final SslContext tls;

    /** Guarded by this; the longest unused first. */
    private final Map<String, ManagedChannel> channels = new LinkedHashMap<>(16, 0.75f, true);

    NodeChannels(Path pki) {
        this.tls = Credentials.of(pki, "apiserver").client();
    }

    synchronized ManagedChannel to(String address) {
        ManagedChannel channel = channels.computeIfAbsent(address, this::open);
        if (channels.size() > MOST_CHANNELS) {
            closeLongestUnused();
        }
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff(); // a client asks now, not when a back-off is over
        }
        return channel;
    }

    /** What goes on over it comes to its end. */
    private void closeLongestUnused() {
        Iterator<ManagedChannel> all = channels.values().iterator();
        all.next().shutdown();
        all.remove();
    }

    private ManagedChannel open(String address) {
        return NettyChannelBuilder.forTarget(address)
                .overrideAuthority(AUTHORITY)
                .sslContext(tls)
                .directExecutor()
                .build();
    }

    @Override
    public synchronized void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
