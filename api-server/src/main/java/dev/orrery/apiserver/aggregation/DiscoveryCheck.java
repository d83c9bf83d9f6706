package dev.orrery.apiserver.aggregation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.node.ClusterHttp;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.machinery.time.Clock;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Asks delegates for their resources, to see whether they are there. Never blocks. */
public final class DiscoveryCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int FIRST_BAD = 300;

    private static final Map<String, List<String>> HEADERS =
            Map.of(
                    "Accept",
                    List.of("application/json"),
                    "X-Remote-User",
                    List.of("system:kube-aggregator"),
                    "X-Remote-Group",
                    List.of("system:masters"));

    private final Delegates delegates;
    private final ClusterHttp http;
    private final Clock clock;

    public DiscoveryCheck(Delegates delegates, ClusterHttp http, Clock clock) {
        this.delegates = delegates;
        this.http = http;
        this.clock = clock;
    }

    /** Never fails. */
    public CompletionStage<Verdict> ask(Delegate delegate, ClusterState state) {
        return switch (DelegateAddress.of(state, delegate)) {
            case DelegateAddress.Missing(Verdict why) -> CompletableFuture.completedFuture(why);
            case DelegateAddress.Found found -> ask(delegate, found);
        };
    }

    private CompletionStage<Verdict> ask(Delegate delegate, DelegateAddress.Found found) {
        String path = "/apis/" + delegate.apiVersion();
        String url = "https://" + found.address() + ":" + found.port() + path;
        ClusterHttp.Exchange exchange =
                http.send(
                        new ClusterHttp.Call(
                                found.address(),
                                found.port(),
                                "GET",
                                path,
                                delegate.host(),
                                HEADERS,
                                new byte[0],
                                delegate.security()));
        CompletableFuture<ClusterHttp.Reply> reply = new CompletableFuture<>();
        Clock.Timer timer =
                clock.schedule(
                        TIMEOUT,
                        () ->
                                reply.completeExceptionally(
                                        new ClusterHttp.FailedException(
                                                "context deadline exceeded")));
        exchange.reply()
                .whenComplete((came, failure) -> {
                    if (failure == null) {
                        reply.complete(came);
                    } else {
                        reply.completeExceptionally(failure);
                    }
                });
        return reply.handle((came, failure) -> {
            timer.cancel();
            if (failure != null) {
                exchange.cancel();
                return failing(url, "Get \"" + url + "\": " + words(failure));
            }
            return judge(delegate, url, came);
        });
    }

    private Verdict judge(Delegate delegate, String url, ClusterHttp.Reply reply) {
        if (reply.code() >= FIRST_BAD) {
            return failing(url, "bad status from " + url + ": " + reply.code());
        }
        try {
            JsonNode resources = Trees.read(reply.body());
            delegates.told(delegate, resources);
            return Verdict.PASSED;
        } catch (UncheckedIOException _) {
            return failing(url, "the answer is no APIResourceList");
        }
    }

    private static Verdict failing(String url, String why) {
        return Verdict.failed(
                "FailedDiscoveryCheck", "failing or missing response from " + url + ": " + why);
    }

    private static String words(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        return String.valueOf(cause.getMessage());
    }
}
