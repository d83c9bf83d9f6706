package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.request.ApiResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** The core's answers as those of Quarkus REST. */
final class Responses {

    private Responses() {}

    static Response of(ApiResponse answer) {
        return head(answer).entity(answer.body()).build();
    }

    /** As the answer would be, without its body. */
    static Response withoutBody(ApiResponse answer) {
        return head(answer)
                .header("Content-Length", Integer.toString(answer.body().length))
                .build();
    }

    static Response of(Streamed watch, String contentType) {
        return head(200, contentType).entity(watch).build();
    }

    private static ResponseBuilder head(ApiResponse answer) {
        ResponseBuilder head = head(answer.code(), answer.contentType());
        for (String warning : answer.warnings()) {
            head.header("Warning", "299 - \"" + escaped(warning) + '"');
        }
        answer.headers().forEach((name, value) -> head.header(name, null).header(name, value));
        return head;
    }

    private static ResponseBuilder head(int code, String contentType) {
        return Response.status(code)
                .header("Content-Type", contentType)
                .header("Cache-Control", "no-cache, private");
    }

    /** As the inside of a quoted string of a header. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append(c < ' ' || c == 127 ? ' ' : c);
        }
        return escaped.toString();
    }
}
