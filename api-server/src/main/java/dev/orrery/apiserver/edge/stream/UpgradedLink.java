package dev.orrery.apiserver.edge.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bare connection under a request that asked for another protocol. Vert.x lets none but GET
 * requests go, so the connection is taken from under it, with the TLS that is on it.
 */
public final class UpgradedLink extends ChannelInboundHandlerAdapter implements Link {

    private final Channel channel;
    private final List<Buffer> early = new ArrayList<>();
    private @Nullable Receiver receiver;
    private boolean over;

    private UpgradedLink(Channel channel) {
        this.channel = channel;
    }

    /**
     * In the connection's event loop.
     *
     * @param head the answer that ends HTTP on it
     */
    public static UpgradedLink take(HttpServerRequest request, String head) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        channel.config().setAutoRead(false);
        UpgradedLink link = new UpgradedLink(channel);
        ChannelPipeline pipeline = channel.pipeline();
        List<String> before = pipeline.names().reversed();
        pipeline.addLast(link);
        for (String name : before) {
            ChannelHandler handler = pipeline.get(name);
            if (handler != null && !(handler instanceof SslHandler)) {
                pipeline.remove(handler);
            }
        }
        var _ = channel.writeAndFlush(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
        return link;
    }

    @Override
    public void begin(Receiver listener) {
        receiver = listener;
        early.forEach(listener::received);
        early.clear();
        if (!channel.isActive()) {
            lost();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            Buffer buffer = Buffer.buffer(ByteBufUtil.getBytes(bytes));
            bytes.release();
            if (receiver == null) {
                early.add(buffer);
            } else if (!over) {
                receiver.received(buffer);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && receiver != null && !over) {
            receiver.drained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = channel.close();
    }

    private void lost() {
        if (receiver != null && !over) {
            over = true;
            receiver.gone();
        }
    }

    @Override
    public void write(Buffer bytes) {
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes.getBytes()));
    }

    @Override
    public boolean isFull() {
        return !channel.isWritable();
    }

    @Override
    public void pause() {
        channel.config().setAutoRead(false);
    }

    @Override
    public void resume() {
        channel.config().setAutoRead(true);
    }

    @Override
    public void close() {
        over = true;
        channel.config().setAutoRead(true); // to hear the client's own end
        var _ =
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(ChannelFutureListener.CLOSE);
    }
}
