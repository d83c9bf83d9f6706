package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.node.ClusterHttp;
import dev.orrery.apiserver.node.NodeAgents.UnreachableException;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** HTTP over tunnels, each exchange in the event loop that it was begun in. */
public final class TunnelHttp implements ClusterHttp {

    /** Kubernetes takes no larger answer from a webhook. */
    private static final int MOST_BYTES = 10 << 20;

    private final Tunnels tunnels;
    private final Vertx vertx;
    private final ClientTls tls;

    public TunnelHttp(Tunnels tunnels, Vertx vertx, ClientTls tls) {
        this.tunnels = tunnels;
        this.vertx = vertx;
        this.tls = tls;
    }

    @Override
    public Exchange send(Call call) {
        Context context = vertx.getOrCreateContext();
        Running running = new Running(call, task -> context.runOnContext(_ -> task.run()));
        running.begin();
        return running;
    }

    private final class Running implements Exchange, HttpConversation.Listener {

        private final Call call;
        private final Executor lane;
        private final CompletableFuture<Reply> reply = new CompletableFuture<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private @Nullable HttpConversation conversation;
        private @Nullable HttpResponse head;
        private boolean cancelled;

        Running(Call call, Executor lane) {
            this.call = call;
            this.lane = lane;
        }

        void begin() {
            tunnels.open(new Tunnels.Target.At("", call.address(), call.port()))
                    .whenComplete((tunnel, failure) -> lane.execute(() -> opened(tunnel, failure)));
        }

        private void opened(@Nullable Tunnel tunnel, @Nullable Throwable failure) {
            if (tunnel == null) {
                failed("dial tcp " + call.address() + ":" + call.port() + ": " + words(failure));
            } else if (cancelled) {
                tunnel.close();
            } else {
                try {
                    Security security = call.security();
                    HttpConversation begun =
                            new HttpConversation(
                                    tunnel,
                                    security == null ? null : tls.engine(security, call.port()),
                                    lane,
                                    this);
                    conversation = begun;
                    begun.begin();
                    begun.send(request());
                } catch (IllegalArgumentException e) {
                    tunnel.close();
                    failed(String.valueOf(e.getMessage()));
                }
            }
        }

        private DefaultFullHttpRequest request() {
            DefaultFullHttpRequest request =
                    new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1,
                            HttpMethod.valueOf(call.method()),
                            call.path(),
                            Unpooled.wrappedBuffer(call.body()));
            call.headers().forEach(request.headers()::set);
            request.headers().set(HttpHeaderNames.HOST, call.host());
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, call.body().length);
            return request;
        }

        @Override
        public CompletionStage<Reply> reply() {
            return reply;
        }

        @Override
        public void cancel() {
            lane.execute(() -> {
                cancelled = true;
                if (conversation != null) {
                    conversation.close();
                }
            });
        }

        @Override
        public void head(HttpResponse received) {
            head = received;
        }

        @Override
        public boolean body(byte[] bytes) {
            body.writeBytes(bytes);
            if (body.size() > MOST_BYTES && conversation != null) {
                conversation.close();
                failed("http: response body too large");
            }
            return true;
        }

        @Override
        public void end() {
            HttpResponse received = head;
            if (received == null) {
                failed("EOF");
                return;
            }
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            received.headers()
                    .names()
                    .forEach(name -> headers.put(name, received.headers().getAll(name)));
            reply.complete(new Reply(received.status().code(), headers, body.toByteArray()));
        }

        @Override
        public void failed(String why) {
            reply.completeExceptionally(new FailedException(why));
        }

        @Override
        public void ready() {
            // the request is one piece
        }
    }

    /** Of a failure to dial. */
    static String words(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        return cause instanceof UnreachableException
                ? String.valueOf(cause.getMessage())
                : "connect: connection refused";
    }
}
