package dev.orrery.apiserver.edge.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client's side of SPDY, in a test's hands. */
final class SpdyClient {

    private final RecordingLink link;
    private final EmbeddedChannel codec =
            new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private int next = 1;
    private int read;

    SpdyClient(RecordingLink link) {
        this.link = link;
    }

    int open(Map<String, String> headers) {
        DefaultSpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(next, 0, (byte) 0);
        headers.forEach((name, value) -> frame.headers().set(name, value));
        send(frame);
        next += 2;
        return next - 2;
    }

    void write(int stream, String text) {
        send(new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    void end(int stream) {
        DefaultSpdyDataFrame last = new DefaultSpdyDataFrame(stream);
        last.setLast(true);
        send(last);
    }

    private void send(Object frame) {
        codec.writeOutbound(frame);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            link.client(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
    }

    /** What has come since the last time, a line for each frame. */
    List<String> frames() {
        List<String> frames = new ArrayList<>();
        for (Buffer buffer : link.written.subList(read, link.written.size())) {
            codec.writeInbound(Unpooled.wrappedBuffer(buffer.getBytes()));
        }
        read = link.written.size();
        for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
            frames.add(
                    switch (frame) {
                        case SpdySynReplyFrame reply -> "reply " + reply.streamId();
                        case SpdyRstStreamFrame reset ->
                                "reset " + reset.streamId() + " " + reset.status();
                        case SpdyDataFrame data ->
                                "data "
                                        + data.streamId()
                                        + (data.isLast() ? " end" : "")
                                        + " "
                                        + data.content().toString(StandardCharsets.UTF_8);
                        case SpdyGoAwayFrame _ -> "farewell";
                        default -> frame.toString();
                    });
        }
        return frames.stream().map(String::strip).toList();
    }
}
