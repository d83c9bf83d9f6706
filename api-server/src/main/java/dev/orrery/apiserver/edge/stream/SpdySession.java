package dev.orrery.apiserver.edge.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Set;

/**
 * SPDY/3.1 as Kubernetes' clients speak it: they open streams, and neither side keeps windows. In
 * the link's event loop.
 */
public final class SpdySession implements Link.Receiver {

    /** Two for each connection to a port; more at once is no use that anybody makes of it. */
    private static final int MOST_STREAMS = 1_000;

    private final Link link;
    private final Streams streams;
    private final EmbeddedChannel codec =
            new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final Set<Integer> open = new HashSet<>();
    private boolean over;

    /** What the client does with its streams. */
    public interface Streams {

        /** A new stream; it is answered with {@link #accept} or {@link #refuse}. */
        void opened(int stream, SpdyHeaders headers);

        void data(int stream, byte[] bytes);

        /** The client sends nothing more in it. */
        void ended(int stream);

        void reset(int stream);

        /** The client can take more. */
        void drained();

        void gone();
    }

    public SpdySession(Link link, Streams streams) {
        this.link = link;
        this.streams = streams;
    }

    void begin() {
        link.begin(this);
    }

    @Override
    public void received(Buffer bytes) {
        if (over) {
            return;
        }
        try {
            codec.writeInbound(Unpooled.wrappedBuffer(bytes.getBytes()));
        } catch (Exception _) { // the codec throws checked ones unseen
            fault();
            return;
        }
        for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
            if (!over) {
                take(frame);
            }
        }
    }

    /** What is no SPDY ends the connection, as it does with Kubernetes. */
    private void fault() {
        close();
        streams.gone();
    }

    private void take(Object frame) {
        switch (frame) {
            case SpdySynStreamFrame begun -> opened(begun);
            case SpdyDataFrame data -> {
                byte[] bytes = ByteBufUtil.getBytes(data.content());
                boolean last = data.isLast();
                data.release();
                if (!open.contains(data.streamId())) {
                    send(
                            new DefaultSpdyRstStreamFrame(
                                    data.streamId(), SpdyStreamStatus.INVALID_STREAM));
                    return;
                }
                if (bytes.length > 0) {
                    streams.data(data.streamId(), bytes);
                }
                if (last) {
                    streams.ended(data.streamId());
                }
            }
            case SpdyRstStreamFrame reset -> {
                open.remove(reset.streamId());
                streams.reset(reset.streamId());
            }
            case SpdyPingFrame ping -> send(ping);
            default -> {} // settings and windows, which nobody keeps; a farewell before the end
        }
    }

    private void opened(SpdySynStreamFrame begun) {
        if (begun.isInvalid() || begun.isTruncated() || open.size() >= MOST_STREAMS) {
            refuse(begun.streamId());
            return;
        }
        open.add(begun.streamId());
        streams.opened(begun.streamId(), begun.headers());
        if (begun.isLast()) {
            streams.ended(begun.streamId());
        }
    }

    void accept(int stream) {
        DefaultSpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(stream);
        reply.headers().set("status", "200"); // an empty block is one that clients cannot read
        send(reply);
    }

    void refuse(int stream) {
        open.remove(stream);
        send(new DefaultSpdyRstStreamFrame(stream, SpdyStreamStatus.REFUSED_STREAM));
    }

    void write(int stream, byte[] bytes) {
        send(new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(bytes)));
    }

    /** Nothing more goes out in the stream. */
    void end(int stream) {
        DefaultSpdyDataFrame last = new DefaultSpdyDataFrame(stream);
        last.setLast(true);
        send(last);
    }

    /** The stream is over both ways. */
    void forget(int stream) {
        open.remove(stream);
    }

    private void send(Object frame) {
        if (over) {
            return;
        }
        codec.writeOutbound(frame);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            link.write(Buffer.buffer(ByteBufUtil.getBytes(bytes)));
            bytes.release();
        }
    }

    boolean isFull() {
        return link.isFull();
    }

    void pause() {
        link.pause();
    }

    void resume() {
        link.resume();
    }

    void close() {
        if (!over) {
            send(new DefaultSpdyGoAwayFrame(0));
            over = true;
            link.close();
            var _ = codec.close();
        }
    }

    @Override
    public void drained() {
        streams.drained();
    }

    @Override
    public void gone() {
        if (!over) {
            over = true;
            var _ = codec.close();
            streams.gone();
        }
    }
}
