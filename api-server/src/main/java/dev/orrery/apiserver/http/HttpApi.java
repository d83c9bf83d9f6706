package dev.orrery.apiserver.http;

import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.answer.Answers;
import dev.orrery.apiserver.kind.Deprecations;
import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.Connects;
import dev.orrery.apiserver.node.NodeAgents;
import dev.orrery.apiserver.node.PodLogs;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Verb;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everything that is served over HTTPS. Never fails: what goes wrong is a Status too. */
public final class HttpApi {

    private static final GroupResource PODS = new GroupResource("", "pods");

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
        this.paths = new Paths(server.kinds());
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
        if (request.user().isAnonymous()) {
            throw Refusals.unauthorized();
        }
        ApiRequest resource = paths.request(request, segments(request));
        if (resource == null) {
            throw Refusals.noSuchPath();
        }
        return server.connect(resource).thenCompose(_ -> connects.open(resource));
    }

    private CompletionStage<Answer> dispatch(HttpRequest request) {
        if (request.user().isAnonymous() && !documents.isPublic(request.path())) {
            throw Refusals.unauthorized();
        }
        List<String> segments = segments(request);
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
        return Arrays.stream(request.path().split("/"))
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
