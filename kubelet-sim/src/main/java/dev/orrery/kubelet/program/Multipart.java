package dev.orrery.kubelet.program;

import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A form with a file in it. */
final class Multipart {

    private Multipart() {}

    /** The content of the part called {@code file}; null where there is none. */
    static byte @Nullable [] file(HttpRequest request) {
        String type = request.header("Content-Type");
        int at = type.indexOf("boundary=");
        if (!type.startsWith("multipart/form-data") || at < 0) {
            return null;
        }
        String boundary = "--" + type.substring(at + 9).replace("\"", "").strip();
        String body = Raw.of(request.body(), 0, request.body().length);
        for (String part : body.split(java.util.regex.Pattern.quote(boundary), -1)) {
            int head = part.indexOf("\r\n\r\n");
            if (head > 0 && part.substring(0, head).contains("name=\"file\"")) {
                String content = part.substring(head + 4);
                return Raw.bytes(
                        content.endsWith("\r\n")
                                ? content.substring(0, content.length() - 2)
                                : content);
            }
        }
        return null;
    }
}
