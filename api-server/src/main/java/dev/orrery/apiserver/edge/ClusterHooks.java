package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.hook.HookException;
import dev.orrery.apiserver.hook.HookTarget;
import dev.orrery.apiserver.node.ClusterHttp;
import dev.orrery.machinery.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls webhooks where they are: those that a Service names in the network of the pods, the others
 * directly. Gives up when the time of a call is over, and takes its connection down.
 */
public final class ClusterHooks implements HookClient {

    private static final Map<String, List<String>> HEADERS =
            Map.of(
                    "Content-Type",
                    List.of("application/json"),
                    "Accept",
                    List.of("application/json, */*"),
                    "User-Agent",
                    List.of("kube-apiserver-admission"));

    private final ClusterHttp cluster;
    private final HookClient direct;
    private final Clock clock;

    public ClusterHooks(ClusterHttp cluster, HookClient direct, Clock clock) {
        this.cluster = cluster;
        this.direct = direct;
        this.clock = clock;
    }

    @Override
    public CompletionStage<HookAnswer> post(HookCall call) {
        if (!call.target().inCluster()) {
            return direct.post(call);
        }
        CompletableFuture<HookAnswer> answer = new CompletableFuture<>();
        ClusterHttp.Exchange exchange = cluster.send(request(call));
        Clock.Timer timer =
                clock.schedule(
                        call.timeout(),
                        () ->
                                answer.completeExceptionally(
                                        new HookException(call, "context deadline exceeded")));
        exchange.reply()
                .whenComplete((reply, failure) -> {
                    if (reply == null) {
                        answer.completeExceptionally(new HookException(call, words(failure)));
                    } else if (reply.body().length > HookCall.MAX_ANSWER_BYTES) {
                        answer.completeExceptionally(
                                new HookException(call, "webhook response exceeds the size limit"));
                    } else {
                        answer.complete(new HookAnswer(reply.code(), reply.body()));
                    }
                });
        return answer.whenComplete((_, failure) -> {
            timer.cancel();
            if (failure != null) {
                exchange.cancel();
            }
        });
    }

    private static ClusterHttp.Call request(HookCall call) {
        HookTarget target = call.target();
        return new ClusterHttp.Call(
                target.host(),
                target.port(),
                "POST",
                target.path() + "?timeout=" + call.timeout().toSeconds() + "s",
                target.authority(),
                HEADERS,
                call.body(),
                new ClusterHttp.Security(
                        target.serverName(),
                        new String(target.authorities(), StandardCharsets.US_ASCII),
                        true,
                        false));
    }

    private static String words(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        return cause == null ? "EOF" : String.valueOf(cause.getMessage());
    }
}
