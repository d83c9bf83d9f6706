package dev.orrery.machinery.store.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A channel to several servers of which each is as good as the other: {@code a:1,b:2}. Names are
 * looked up anew whenever a connection breaks, since a container that comes back has another
 * address. Each server must show a certificate for its own name.
 */
final class Addresses {

    private static final String SCHEME = "orrery";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new Provider());
    }

    private Addresses() {}

    static NettyChannelBuilder channel(String addresses) {
        return addresses.contains(",")
                ? NettyChannelBuilder.forTarget(SCHEME + ":///" + addresses)
                : NettyChannelBuilder.forTarget(addresses);
    }

    private static final class Provider extends NameResolverProvider {

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 0; // never the default for what has no scheme
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        public NameResolver newNameResolver(URI target, NameResolver.Args args) {
            String path = target.getPath();
            Executor executor = args.getOffloadExecutor();
            if (!SCHEME.equals(target.getScheme()) || executor == null) {
                throw new IllegalArgumentException("not a list of servers: " + target);
            }
            return new Resolver(List.of(path.substring(1).split(",", -1)), executor);
        }
    }

    /** Looks all of them up, away from the channel's thread. One at a time. */
    private static final class Resolver extends NameResolver {

        private final List<String> servers;
        private final Executor executor;
        private volatile boolean shutdown;

        /** Set before anything is looked up. */
        private Listener2 listener = new Nobody();

        private Resolver(List<String> servers, Executor executor) {
            this.servers = servers;
            this.executor = executor;
        }

        @Override
        public String getServiceAuthority() {
            return servers.getFirst();
        }

        @Override
        public void start(Listener2 told) {
            listener = told;
            refresh();
        }

        @Override
        public void refresh() {
            executor.execute(this::look);
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        private void look() {
            List<EquivalentAddressGroup> found = new ArrayList<>();
            Status failure = Status.UNAVAILABLE.withDescription("no server of " + servers);
            for (String server : servers) {
                try {
                    found.add(group(server));
                } catch (UnknownHostException e) {
                    failure = failure.withCause(e);
                }
            }
            if (!shutdown) {
                listener.onResult(
                        ResolutionResult.newBuilder()
                                .setAddressesOrError(
                                        found.isEmpty()
                                                ? StatusOr.fromStatus(failure)
                                                : StatusOr.fromValue(found))
                                .build());
            }
        }

        private static EquivalentAddressGroup group(String server) throws UnknownHostException {
            int colon = server.lastIndexOf(':');
            InetAddress host = InetAddress.getByName(server.substring(0, colon));
            return new EquivalentAddressGroup(
                    new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1))),
                    Attributes.newBuilder()
                            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, server)
                            .build());
        }

        private static final class Nobody extends Listener2 {

            @Override
            public void onResult(ResolutionResult result) {}

            @Override
            public void onError(Status failure) {}
        }
    }
}
