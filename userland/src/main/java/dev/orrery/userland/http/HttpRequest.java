package dev.orrery.userland.http;

import dev.orrery.userland.file.Raw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request, as its server sees it.
 *
 * @param target path and query as they were sent
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
public record HttpRequest(
        String method, String target, List<Header> headers, byte[] body, String peer) {

    public HttpRequest {
        headers = List.copyOf(headers);
    }

    public static HttpRequest get(String target, String host) {
        return new HttpRequest("GET", target, List.of(new Header("Host", host)), new byte[0], "");
    }

    public HttpRequest with(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.removeIf(each -> each.name().equalsIgnoreCase(header.name()));
        more.add(header);
        return new HttpRequest(method, target, more, body, peer);
    }

    public String header(String name) {
        return Header.first(headers, name);
    }

    /** The path, decoded, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return Forms.decode(query < 0 ? target : target.substring(0, query), false);
    }

    /** What the query and a form in the body say; of a name the first value counts. */
    public Map<String, String> parameters() {
        Map<String, String> values = new HashMap<>();
        int query = target.indexOf('?');
        if (query >= 0) {
            Forms.read(target.substring(query + 1), values);
        }
        if (header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            Forms.read(Raw.of(body, 0, body.length), values);
        }
        return values;
    }

    /** As it goes over a connection, which is closed after the answer. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase("Content-Length"))
                .forEach(header -> HttpResponse.append(head, header.name(), header.value()));
        if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
            HttpResponse.append(head, "Content-Length", Integer.toString(body.length));
        }
        if (header("Connection").isEmpty()) {
            HttpResponse.append(head, "Connection", "close");
        }
        head.append("\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Raw.bytes(head.toString()));
        all.writeBytes(body);
        return all.toByteArray();
    }
}
