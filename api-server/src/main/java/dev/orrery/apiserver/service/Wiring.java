package dev.orrery.apiserver.service;

import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.ApiServerConfig;
import dev.orrery.apiserver.Outside;
import dev.orrery.apiserver.admission.BuiltInAdmission;
import dev.orrery.apiserver.authentication.Authenticator;
import dev.orrery.apiserver.body.SchemaBodies;
import dev.orrery.apiserver.edge.ClientTls;
import dev.orrery.apiserver.edge.ClusterHooks;
import dev.orrery.apiserver.edge.GrpcServer;
import dev.orrery.apiserver.edge.HttpEdge;
import dev.orrery.apiserver.edge.HttpsHooks;
import dev.orrery.apiserver.edge.NodeChannel;
import dev.orrery.apiserver.edge.TunnelHttp;
import dev.orrery.apiserver.http.HttpApi;
import dev.orrery.apiserver.http.ServedDocuments;
import dev.orrery.apiserver.node.AgentAddresses;
import dev.orrery.apiserver.node.NodeAgents;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.StoreLimits;
import dev.orrery.apiserver.token.Tokens;
import dev.orrery.machinery.component.Services;
import dev.orrery.machinery.time.WallClock;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Puts the process together. The ports open at once, and answer 503 until the core has read the
 * log: a broker that is not there yet is waited for.
 */
@ApplicationScoped
final class Wiring {

    private static final Logger LOGGER = System.getLogger(Wiring.class.getName());

    /** What is not answered by then waits for a log that does not answer. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(10);

    private final ServiceConfig config;
    private final Vertx vertx;
    private final String address;
    private final WallClock clock = new WallClock();
    private final Logs logs;
    private final ClientTls clientTls;
    private @Nullable ApiServer starting;
    private volatile @Nullable ApiServer server;
    private volatile @Nullable HttpApi http;
    private volatile @Nullable Authenticator authenticator;
    private @Nullable GrpcServer grpc;
    private @Nullable NodeChannel nodes;

    Wiring(
            ServiceConfig config,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.ssl-port") int port) {
        this.config = config;
        this.vertx = vertx;
        this.clientTls = new ClientTls(config.pki().dir());
        this.address = host + ":" + port;
        this.logs = Logs.open(config.log().bootstrapServers());
    }

    @Produces
    @Singleton
    HttpEdge edge() {
        return new HttpEdge(vertx, () -> authenticator, () -> http);
    }

    @Produces
    @Singleton
    NodeChannel nodeChannel() {
        if (nodes == null) {
            throw new IllegalStateException("nodes are asked before the start");
        }
        return nodes;
    }

    @Produces
    @Singleton
    ClientTls clientTls() {
        return clientTls;
    }

    void start(@Observes StartupEvent event) throws IOException {
        Tokens tokens = Keys.tokens(config.pki().dir());
        nodes =
                new NodeChannel(
                        new AgentAddresses(this::newest, config.nodeAgent().address()),
                        config.pki().dir());
        grpc = GrpcServer.start(grpcAddress(), config.pki().dir(), () -> server);
        TunnelHttp cluster = new TunnelHttp(nodes, vertx, clientTls);
        ApiServer core =
                new ApiServer(
                        logs.registry(),
                        logs.snapshots(),
                        logs.events(),
                        clock,
                        new SecureRandom(),
                        task -> vertx.runOnContext(_ -> task.run()),
                        new SchemaBodies(),
                        BuiltInAdmission.plugins(),
                        tokens,
                        new Outside(
                                new ClusterHooks(cluster, new HttpsHooks(vertx), clock),
                                cluster,
                                nodes),
                        new ApiServerConfig(
                                registryLimits(),
                                StoreLimits.EVENTS,
                                address,
                                Files.readString(config.pki().dir().resolve("ca.crt"))));
        core.traceWith(Services.tracer("api-server"));
        starting = core;
        authenticator =
                new Authenticator(
                        tokens, () -> core.registry().current(), clock, core.authorizer());
        core.start().whenComplete((_, failure) -> started(core, failure));
    }

    private void started(ApiServer core, @Nullable Throwable failure) {
        if (failure != null) {
            LOGGER.log(Level.ERROR, "api-server cannot start", failure);
            Quarkus.asyncExit(1);
            return;
        }
        http =
                new HttpApi(
                        core,
                        new ServedDocuments(core, address, ProcessHandle.current().pid()),
                        agents());
        server = core;
        LOGGER.log(
                Level.INFO,
                "api-server ready address={0} resourceVersion={1}",
                address,
                Long.toString(core.registry().current().resourceVersion()));
    }

    private void awaitAnswers(ApiServer core) {
        long end = System.nanoTime() + LONGEST_REQUEST.toNanos();
        LockSupport.parkNanos(config.apiServer().shutdownDelay().toNanos());
        while (core.metrics().inFlight() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private StoreLimits registryLimits() {
        return StoreLimits.REGISTRY
                .withSnapshotEvery(config.log().snapshotEvery())
                .withTrimBehindSnapshot(config.log().trimBehindSnapshot());
    }

    /** Null until the log has been read. */
    private @Nullable ClusterState newest() {
        ApiServer core = server;
        return core == null ? null : core.registry().current();
    }

    private NodeAgents agents() {
        return nodes == null ? NodeAgents.NONE : nodes;
    }

    /** In order: clients are told to go elsewhere, what was begun is finished, watches end. */
    void stop(@Observes ShutdownEvent event) {
        if (starting != null) {
            starting.beginToStop();
            awaitAnswers(starting);
        }
        if (grpc != null) {
            grpc.close();
        }
        if (nodes != null) {
            nodes.close();
        }
        if (starting != null) {
            starting.close();
        }
        logs.close();
        clock.close();
    }

    private InetSocketAddress grpcAddress() {
        String text = config.apiServer().grpcAddress();
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
