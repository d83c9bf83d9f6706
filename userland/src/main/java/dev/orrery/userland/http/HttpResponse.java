package dev.orrery.userland.http;

import dev.orrery.userland.file.Raw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** An answer. */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
public record HttpResponse(int status, String reason, List<Header> headers, byte[] body) {

    public HttpResponse {
        headers = List.copyOf(headers);
    }

    public static HttpResponse text(int status, String raw) {
        return of(status, "text/plain; charset=utf-8", Raw.bytes(raw));
    }

    public static HttpResponse of(int status, String type, byte[] body) {
        return new HttpResponse(
                status, words(status), List.of(new Header("Content-Type", type)), body);
    }

    public HttpResponse with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpResponse(status, reason, more, body);
    }

    public String header(String name) {
        return Header.first(headers, name);
    }

    byte[] bytes(boolean withBody, boolean close) {
        StringBuilder head = new StringBuilder();
        head.append("HTTP/1.1 ").append(status).append(' ').append(reason).append("\r\n");
        headers.forEach(header -> append(head, header.name(), header.value()));
        if (header("Content-Length").isEmpty()) {
            append(head, "Content-Length", Integer.toString(body.length));
        }
        if (close) {
            append(head, "Connection", "close");
        }
        head.append("\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Raw.bytes(head.toString()));
        if (withBody) {
            all.writeBytes(body);
        }
        return all.toByteArray();
    }

    static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    public static String words(int status) {
        return switch (status) {
            case 101 -> "Switching Protocols";
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 412 -> "Precondition Failed";
            case 413 -> "Request Entity Too Large";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Status " + status;
        };
    }
}
