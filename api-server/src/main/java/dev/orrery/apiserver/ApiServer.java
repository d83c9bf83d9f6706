package dev.orrery.apiserver;

import dev.orrery.apiserver.action.Actions;
import dev.orrery.apiserver.admission.AdmissionChain;
import dev.orrery.apiserver.admission.AdmissionPlugin;
import dev.orrery.apiserver.admission.ProgrammedAdmission;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.aggregation.DiscoveryCheck;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.conversion.Converter;
import dev.orrery.apiserver.custom.ServedKinds;
import dev.orrery.apiserver.establish.Establisher;
import dev.orrery.apiserver.kind.BuiltInKinds;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.metadata.Identities;
import dev.orrery.apiserver.metric.Metrics;
import dev.orrery.apiserver.pipeline.Pipeline;
import dev.orrery.apiserver.pipeline.Stores;
import dev.orrery.apiserver.pipeline.WatchStream;
import dev.orrery.apiserver.pipeline.World;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.request.Form;
import dev.orrery.apiserver.request.Notices;
import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.token.KeySet;
import dev.orrery.apiserver.token.Tokens;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.time.Clock;
import dev.orrery.machinery.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The API store's core: requests in, records of the log out. Used from any thread, never blocks,
 * starts no thread: what waits for the log goes on in the executor, or on the log's thread where it
 * is short. A request that fails is answered with a Status and never by a failed stage.
 *
 * <p>Life: {@link #start}, then requests, then {@link #close}; the logs stay open.
 */
public final class ApiServer implements AutoCloseable {

    private final World world;
    private final Pipeline pipeline;
    private final Actions actions;
    private final Establisher definitions;
    private final Security security;
    private final @Nullable KeySet keys;
    private final Delegates delegates;
    private final ApiServerConfig config;
    private volatile Tracer tracer = Tracer.NONE;
    private volatile boolean stopping;

    /** A server that signs no tokens. */
    public ApiServer(
            ClusterLog registry,
            @Nullable ClusterLog snapshots,
            ClusterLog events,
            Clock clock,
            RandomGenerator random,
            Executor executor,
            Bodies bodies,
            List<AdmissionPlugin> admission,
            ApiServerConfig config) {
        this(
                registry,
                snapshots,
                events,
                clock,
                random,
                executor,
                bodies,
                admission,
                null,
                Outside.NONE,
                config);
    }

    /**
     * @param snapshots where snapshots of the registry go; null for none
     * @param tokens null where no key signs them
     * @param outside what the server calls
     * @param random as safe for threads as the server is to be
     */
    public ApiServer(
            ClusterLog registry,
            @Nullable ClusterLog snapshots,
            ClusterLog events,
            Clock clock,
            RandomGenerator random,
            Executor executor,
            Bodies bodies,
            List<AdmissionPlugin> admission,
            @Nullable Tokens tokens,
            Outside outside,
            ApiServerConfig config) {
        Store objects = new Store(registry, snapshots, clock, config.registry());
        admission.stream()
                .map(AdmissionPlugin::derived)
                .filter(Objects::nonNull)
                .forEach(objects::derive);
        Kinds kinds = new ServedKinds(BuiltInKinds.all(), objects::current);
        this.security = Security.of(objects);
        Identities identities = new Identities(random);
        Conversions conversions =
                new Conversions(
                        new Converter(outside.hooks(), objects::current, identities, executor));
        this.world =
                new World(
                        new Stores(objects, new Store(events, clock, config.events())),
                        kinds,
                        bodies,
                        new AdmissionChain(
                                security.plugins(admission),
                                new ProgrammedAdmission(
                                        new Reshaping(bodies, kinds, conversions),
                                        outside.hooks(),
                                        executor)),
                        conversions,
                        security.authorizer(),
                        clock,
                        identities,
                        new Metrics(),
                        executor);
        this.pipeline = new Pipeline(world);
        this.actions = new Actions(world, pipeline, tokens, security.rbac(), outside.usages());
        this.delegates = new Delegates(objects::current);
        this.definitions =
                new Establisher(
                        world,
                        pipeline,
                        new DiscoveryCheck(delegates, outside.cluster(), clock),
                        delegates);
        this.keys = tokens == null ? null : tokens.keys();
        this.config = config;
    }

    /** Reads the logs, and makes what every cluster has. */
    public CompletionStage<Void> start() {
        return world.stores()
                .registry()
                .start()
                .thenCompose(_ -> world.stores().events().start())
                .thenCompose(_ -> new Bootstrap(this, security.policy(), config).run())
                .thenAccept(_ -> definitions.start());
    }

    public Kinds kinds() {
        return world.kinds();
    }

    /** The API servers that this one stands in front of. */
    public Delegates delegates() {
        return delegates;
    }

    /** The registry, for who tells how far it is. */
    public Store registry() {
        return world.stores().registry();
    }

    /** Decides who may do what. */
    public Authorizer authorizer() {
        return security.authorizer();
    }

    /** With which tokens are signed here; null where none are. */
    public @Nullable KeySet keys() {
        return keys;
    }

    public Clock clock() {
        return world.clock();
    }

    public Metrics metrics() {
        return world.metrics();
    }

    /** Any request but a watch. */
    public CompletionStage<ApiResponse> handle(ApiRequest request) {
        Instant begun = world.clock().instant();
        world.metrics().began(request);
        Tracer.Span span =
                tracer.begin(
                        request.verb() + " " + request.kind().plural(),
                        request.origin().traceparent(),
                        begun);
        ApiRequest traced =
                span.traceparent().equals(request.origin().traceparent())
                        ? request
                        : request.tracedBy(span.traceparent());
        return answered(() -> dispatch(traced))
                .thenApply(response -> {
                    Instant ended = world.clock().instant();
                    span.end(response.code() < 500, ended);
                    Duration taken = Duration.between(begun, ended);
                    world.metrics().answered(request, response.code(), taken);
                    List<String> notices = request.notices().all();
                    return notices.isEmpty() ? response : response.alsoWarning(notices);
                });
    }

    private CompletionStage<ApiResponse> dispatch(ApiRequest request) {
        request.check();
        CompletionStage<ApiResponse> action = actions.run(request);
        return action == null ? pipeline.handle(request) : action;
    }

    /** Fails with a StatusException where the watch cannot begin. */
    public CompletionStage<WatchStream> watch(ApiRequest request) {
        request.check();
        return pipeline.watch(request);
    }

    /**
     * Asks admission about a connection into the cluster ({@code pods/exec} and the like) before it
     * is opened. Fails with a StatusException where it is not to be.
     */
    public CompletionStage<Void> connect(ApiRequest request) {
        request.check();
        return pipeline.connect(request);
    }

    /**
     * A component's request.
     *
     * @param caller who may have the right to act as whom the call names
     */
    public CompletionStage<ApiResponse> call(Call call, User caller, String userAgent) {
        User user;
        try {
            user = security.admit(call, caller);
        } catch (StatusException refusal) {
            return CompletableFuture.completedFuture(Answers.refusal(refusal));
        }
        Kind kind = world.kinds().at(call.group(), call.version(), call.resource());
        if (kind == null) {
            return CompletableFuture.completedFuture(Answers.refusal(Refusals.noSuchPath()));
        }
        return handle(
                new ApiRequest(
                        call.verb(),
                        kind,
                        call.subresource(),
                        call.namespace(),
                        call.name(),
                        new Parameters(call.options()),
                        call.body(),
                        call.contentType(),
                        Form.JSON,
                        user,
                        userAgent,
                        call.origin(),
                        new Notices()));
    }

    /**
     * The newest objects of some resources of the registry; of all, where none is named. Who asks
     * must be allowed to list them.
     */
    public CompletionStage<Snapshot> snapshot(Set<GroupResource> resources, User user) {
        try {
            security.requireList(resources, user);
        } catch (StatusException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return registry().newest().thenApply(state -> snapshot(state, resources));
    }

    private static Snapshot snapshot(ClusterState state, Set<GroupResource> resources) {
        List<Snapshot.Item> items = new ArrayList<>();
        for (GroupResource resource : resources.isEmpty() ? state.resources() : resources) {
            for (Stored object : state.list(resource)) {
                items.add(
                        new Snapshot.Item(object.key(), object.resourceVersion(), object.value()));
            }
        }
        return new Snapshot(state.resourceVersion(), items);
    }

    private interface Work {
        CompletionStage<ApiResponse> run();
    }

    private static CompletionStage<ApiResponse> answered(Work work) {
        CompletionStage<ApiResponse> answer;
        try {
            answer = work.run();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.exceptionally(failure -> Answers.refusal(Failures.of(failure)));
    }

    /** Where requests are written down; nowhere before this is called. */
    public void traceWith(Tracer chosen) {
        tracer = chosen;
    }

    /** From now on it says that it is not ready; what comes all the same is still answered. */
    public void beginToStop() {
        stopping = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void close() {
        definitions.close();
        world.stores().events().close();
        world.stores().registry().close();
    }
}
