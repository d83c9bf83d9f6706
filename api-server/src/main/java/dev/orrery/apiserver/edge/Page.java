package dev.orrery.apiserver.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A page of HTML on its way through the proxy, whose links are rewritten once it is whole. */
final class Page {

    /** A larger one passes as it is. */
    private static final int MOST_BYTES = 10 << 20;

    private static final byte[] NOTHING = {};

    private final ProxyLinks links;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean tooLarge;

    Page(ProxyLinks links) {
        this.links = links;
    }

    /** Whether it is one whose text can be read. */
    static boolean isOne(HttpResponse head) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        return type.split(";", 2)[0].strip().equals("text/html")
                && !head.headers().contains(HttpHeaderNames.CONTENT_ENCODING);
    }

    /** What can go out already. */
    byte[] add(byte[] bytes) {
        if (tooLarge) {
            return bytes;
        }
        body.writeBytes(bytes);
        if (body.size() <= MOST_BYTES) {
            return NOTHING;
        }
        tooLarge = true;
        return body.toByteArray();
    }

    byte[] last() {
        return tooLarge
                ? NOTHING
                : links.rewrittenPage(body.toString(StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
    }
}
