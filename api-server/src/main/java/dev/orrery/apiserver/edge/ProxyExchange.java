package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.node.ClusterHttp.Security;
import dev.orrery.apiserver.node.Tunnel;
import dev.orrery.apiserver.node.Tunnels;
import dev.orrery.apiserver.status.Refusals;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One request that is passed on to a server in the cluster, and what it answers. Neither side is
 * read faster than the other takes. In the request's event loop.
 */
final class ProxyExchange implements HttpConversation.Listener {

    /** They are about one connection, and there are two. Who asks has been found out here. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "expect",
                    "authorization");

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Onward onward;
    private final Executor loop;
    private final Tunnels tunnels;
    private final ClientTls tls;
    private @Nullable HttpConversation conversation;
    private @Nullable Page page;

    ProxyExchange(
            HttpServerRequest request,
            Onward onward,
            Executor loop,
            Tunnels tunnels,
            ClientTls tls) {
        this.request = request;
        this.response = request.response();
        this.onward = onward;
        this.loop = loop;
        this.tunnels = tunnels;
        this.tls = tls;
    }

    void begin() {
        if (request.getHeader(HttpHeaderNames.UPGRADE) != null) {
            refuse("upgraded connections are not passed on by this api-server");
            return;
        }
        response.closeHandler(_ -> abandon());
        response.exceptionHandler(_ -> abandon());
        tunnels.open(onward.target())
                .whenComplete((tunnel, failure) -> loop.execute(() -> opened(tunnel, failure)));
    }

    private void refuse(String why) {
        ConnectRoute.refuse(
                request, Refusals.unavailable("error trying to reach service: " + why, 0));
    }

    private void abandon() {
        if (conversation != null) {
            conversation.close();
        }
    }

    private void opened(@Nullable Tunnel tunnel, @Nullable Throwable failure) {
        if (tunnel == null) {
            refuse("dial tcp " + address() + ": " + TunnelHttp.words(failure));
            return;
        }
        Security security = onward.security();
        SSLEngine engine;
        try {
            engine = security == null ? null : tls.engine(security, 443);
        } catch (IllegalArgumentException e) {
            tunnel.close();
            refuse(String.valueOf(e.getMessage()));
            return;
        }
        HttpConversation begun = new HttpConversation(tunnel, engine, loop, this);
        conversation = begun;
        begun.begin();
        begun.send(head());
        passBody(begun);
    }

    private String address() {
        return onward.target() instanceof Tunnels.Target.At(String _, String ip, int port)
                ? ip + ":" + port
                : onward.host();
    }

    private HttpRequest head() {
        HttpRequest head =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(request.method().name()),
                        onward.uri());
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_PASSED_ON.contains(name)
                    && !name.startsWith("impersonate-")
                    && !onward.hides(name)) {
                head.headers().add(header.getKey(), header.getValue());
            }
        }
        String client = request.remoteAddress().hostAddress();
        String before = request.getHeader("X-Forwarded-For");
        head.headers().set("X-Forwarded-For", before == null ? client : before + ", " + client);
        onward.headers().forEach(head.headers()::set);
        if (hasBody() && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return head;
    }

    /** HTTP/2 tells the end of a body without having told of its beginning. */
    private boolean hasBody() {
        boolean writes = !Set.of("GET", "HEAD", "OPTIONS").contains(request.method().name());
        return (writes && request.version() == io.vertx.core.http.HttpVersion.HTTP_2)
                || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    private void passBody(HttpConversation to) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
            response.writeContinue();
        }
        request.handler(part -> {
            if (!to.send(new DefaultHttpContent(Unpooled.wrappedBuffer(part.getBytes())))) {
                request.pause();
            }
        });
        request.endHandler(_ -> to.send(LastHttpContent.EMPTY_LAST_CONTENT));
        request.resume();
    }

    @Override
    public void ready() {
        request.resume();
    }

    @Override
    public void head(HttpResponse head) {
        response.setStatusCode(head.status().code());
        response.setStatusMessage(head.status().reasonPhrase());
        for (Map.Entry<String, String> header : head.headers()) {
            if (!NOT_PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                response.headers().add(header.getKey(), header.getValue());
            }
        }
        ProxyLinks links = onward.links();
        String location = head.headers().get(HttpHeaderNames.LOCATION);
        if (links != null && location != null) {
            response.putHeader(HttpHeaderNames.LOCATION, links.rewritten(location));
        } else if (links != null && !request.method().name().equals("HEAD") && Page.isOne(head)) {
            page = new Page(links);
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        if (!response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && !request.method().name().equals("HEAD")) {
            response.setChunked(true);
        }
        response.drainHandler(_ -> {
            if (conversation != null) {
                conversation.resume();
            }
        });
    }

    @Override
    public boolean body(byte[] bytes) {
        byte[] ready = page == null ? bytes : page.add(bytes);
        if (ready.length > 0 && !response.closed()) {
            response.write(Buffer.buffer(ready));
        }
        return !response.writeQueueFull();
    }

    @Override
    public void end() {
        if (!response.closed()) {
            response.end(Buffer.buffer(page == null ? new byte[0] : page.last()));
        }
    }

    @Override
    public void failed(String why) {
        if (response.headWritten()) {
            response.reset();
            request.connection().close();
        } else if (!response.closed() && !response.ended()) {
            response.headers().clear();
            response.setChunked(false);
            refuse(why);
        }
    }
}
