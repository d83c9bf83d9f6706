package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.node.Tunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 request and its response over a tunnel. It lives in a lane: everything is called
 * there, and what the tunnel brings is taken there. What the listener has not taken is not read.
 */
final class HttpConversation implements Tunnel.Receiver {

    /** Hears of the response, in the lane. */
    interface Listener {

        void head(HttpResponse head);

        /** Whether it can take more at once; else {@link #resume} is called. */
        boolean body(byte[] bytes);

        void end();

        void failed(String why);

        /** There is room to send again. */
        void ready();
    }

    private final Tunnel tunnel;
    private final Executor lane;
    private final Listener listener;
    private final EmbeddedChannel codec;
    private boolean takes = true;
    private boolean owed;
    private boolean over;
    private @Nullable Throwable fault;

    /**
     * @param tls null for none
     */
    HttpConversation(Tunnel tunnel, @Nullable SSLEngine tls, Executor lane, Listener listener) {
        this.tunnel = tunnel;
        this.lane = lane;
        this.listener = listener;
        this.codec = new EmbeddedChannel(new HttpClientCodec());
        if (tls != null) {
            SslHandler handler = new SslHandler(tls);
            handler.setHandshakeTimeoutMillis(0); // whoever asks gives up by itself
            codec.pipeline().addFirst(handler);
        }
        codec.pipeline().addLast(new Faults());
    }

    /** The first is why it ends; the codec would log the others. */
    private final class Faults extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (fault == null) {
                fault = cause;
            }
        }
    }

    void begin() {
        tunnel.begin(this);
        flush();
    }

    /** False asks to wait until the listener is told that there is room. */
    boolean send(HttpObject part) {
        if (over) {
            return true;
        }
        codec.writeOutbound(part);
        return flush();
    }

    private boolean flush() {
        boolean room = true;
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            while (bytes.isReadable()) {
                byte[] chunk = new byte[Math.min(bytes.readableBytes(), Tunnel.CHUNK_BYTES)];
                bytes.readBytes(chunk);
                room = tunnel.write(chunk);
            }
            bytes.release();
        }
        return room;
    }

    void resume() {
        takes = true;
        if (owed) {
            owed = false;
            tunnel.more();
        }
    }

    void close() {
        if (!over) {
            over = true;
            tunnel.close();
            var _ = codec.close();
        }
    }

    @Override
    public void data(byte[] bytes) {
        lane.execute(() -> received(bytes));
    }

    private void received(byte[] bytes) {
        if (over) {
            return;
        }
        try {
            codec.writeInbound(Unpooled.wrappedBuffer(bytes));
            flush();
            deliver();
            if (fault != null) {
                fail(TlsWords.of(fault));
                return;
            }
        } catch (Exception e) { // the codec throws checked ones unseen
            fail(TlsWords.of(e));
            return;
        }
        if (takes) {
            tunnel.more();
        } else {
            owed = true;
        }
    }

    private void deliver() {
        for (Object part = codec.readInbound(); part != null; part = codec.readInbound()) {
            if (part instanceof HttpObject object && object.decoderResult().isFailure()) {
                fail("malformed HTTP response");
                return;
            }
            if (part instanceof HttpResponse head && head.status().code() != 100) {
                listener.head(head);
            }
            if (part instanceof HttpContent content) {
                byte[] bytes = ByteBufUtil.getBytes(content.content());
                content.release();
                if (bytes.length > 0) {
                    takes = listener.body(bytes);
                }
                if (part instanceof LastHttpContent && !over) {
                    over = true;
                    tunnel.close();
                    listener.end();
                }
            }
        }
    }

    @Override
    public void ended() {
        lane.execute(() -> {
            if (!over) {
                codec.finish();
                deliver();
                fail("EOF");
            }
        });
    }

    @Override
    public void ready() {
        lane.execute(() -> {
            if (!over) {
                listener.ready();
            }
        });
    }

    @Override
    public void failed(String why) {
        lane.execute(() -> fail(why));
    }

    private void fail(String why) {
        if (!over) {
            close();
            listener.failed(Objects.requireNonNull(why));
        }
    }
}
