package dev.orrery.apiserver.http;

import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.aggregation.Delegate;
import dev.orrery.apiserver.aggregation.DelegateAddress;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.kind.Deprecations;
import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.Connects;
import dev.orrery.apiserver.node.NodeAgents;
import dev.orrery.apiserver.node.PodLogs;
import dev.orrery.apiserver.node.Tunnels;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Verb;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Everything that is served over HTTPS. Never fails: what goes wrong is a Status too. */
public final class HttpApi {

    private static final GroupResource PODS = new GroupResource("", "pods");

    /** Whose connections do things, also where a WebSocket begins as a GET. */
    private static final Set<String> INTERACTIVE = Set.of("exec", "attach", "portforward");

    private final ApiServer server;
    private final Paths paths;
    private final Documents documents;
    private final PodLogs logs;
    private final Connects connects;

    /** Without nodes. */
    public HttpApi(ApiServer server, Documents documents) {
        this(server, documents, NodeAgents.NONE);
    }

    public HttpApi(ApiServer server, Documents documents, NodeAgents nodes) {
        this.server = server;
        this.connects = new Connects(server.registry());
        this.logs = new PodLogs(server.registry(), nodes, server.clock());
        this.paths = new Paths(server.kinds(), server.delegates());
        this.documents = documents;
    }

    public CompletionStage<Answer> handle(HttpRequest request) {
        CompletionStage<Answer> answer;
        try {
            answer = dispatch(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.exceptionally(
                failure -> new Answer.Whole(Answers.refusal(Failures.of(failure))));
    }

    /** What a request is joined to that takes its connection over; fails with a StatusException. */
    public CompletionStage<Connect> connect(HttpRequest request) {
        List<String> segments = segments(request);
        Access access = Requested.of(request, segments);
        server.authorizer().require(access);
        if (access.verb().equals("get") && INTERACTIVE.contains(access.subresource())) {
            server.authorizer().require(access.withVerb("create")); // as of a WebSocket
        }
        ApiRequest resource = paths.request(request, segments);
        if (resource == null) {
            throw Refusals.noSuchPath();
        }
        return server.connect(resource).thenCompose(_ -> connects.open(resource));
    }

    /** Whether another API server answers for what lies at a path. */
    public boolean isDelegated(String path) {
        return delegate(segments(path)) != null;
    }

    private @Nullable Delegate delegate(List<String> segments) {
        boolean described = segments.size() == 5 && segments.getFirst().equals("openapi");
        List<String> path = described ? segments.subList(2, 5) : segments;
        return path.size() > 2 && path.getFirst().equals("apis")
                ? server.delegates().at(path.get(1), path.get(2))
                : null;
    }

    /**
     * The API server that answers a request.
     *
     * @throws StatusException where the user may not ask, or it is not there
     */
    public Connect.Delegated delegate(HttpRequest request) {
        List<String> segments = segments(request.path());
        server.authorizer().require(Requested.of(request, segments));
        Delegate delegate = delegate(segments);
        if (delegate != null
                && delegate.available()
                && DelegateAddress.of(server.registry().current(), delegate)
                        instanceof DelegateAddress.Found(String node, String ip, int port)) {
            return new Connect.Delegated(
                    new Tunnels.Target.At(node, ip, port),
                    delegate.host(),
                    delegate.security(),
                    request.user());
        }
        throw Refusals.unavailable("service unavailable", 0);
    }

    private CompletionStage<Answer> dispatch(HttpRequest request) {
        List<String> segments = segments(request);
        server.authorizer().require(Requested.of(request, segments));
        ApiRequest resource = paths.request(request, segments);
        if (resource == null) {
            return documents.get(request, segments).thenApply(Answer.Whole::new);
        }
        if (isLog(resource)) {
            return logs.open(resource).thenApply(log -> new Answer.Streaming(log, "text/plain"));
        }
        if (resource.verb() != Verb.WATCH) {
            List<String> warnings = Deprecations.of(resource.kind());
            return server.handle(resource)
                    .thenApply(response -> new Answer.Whole(response.alsoWarning(warnings)));
        }
        return server.watch(resource)
                .thenApply(
                        lines -> new Answer.Streaming(lines, resource.form().syntax().mediaType()));
    }

    private static List<String> segments(HttpRequest request) {
        return segments(request.path());
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(HttpApi::decoded)
                .toList();
    }

    private static boolean isLog(ApiRequest request) {
        return request.verb() == Verb.GET
                && request.subresource().equals("log")
                && request.kind().resource().equals(PODS);
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Refusals.noSuchPath();
        }
    }
}
