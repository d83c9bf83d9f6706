package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.node.ClusterHttp.Security;
import dev.orrery.apiserver.node.Connect;
import dev.orrery.apiserver.node.Tunnels;
import dev.orrery.apiserver.user.User;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a request is passed on to, and how it looks there.
 *
 * @param host for messages
 * @param security null for plain HTTP
 * @param uri path and query
 * @param headers that are set whatever the client sent
 * @param links null where links are left as they are
 */
record Onward(
        Tunnels.Target target,
        String host,
        @Nullable Security security,
        String uri,
        Map<String, List<String>> headers,
        @Nullable ProxyLinks links) {

    private static final String REMOTE = "x-remote-";

    /** To a server of a pod, a Service or a node, which need not prove anything. */
    static Onward to(Connect.Server server, HttpServerRequest request) {
        ProxyPath path = ProxyPath.of(String.valueOf(request.path()));
        String name = server.host().replaceAll(":.*", "");
        return new Onward(
                server.target(),
                server.host(),
                server.tls() ? new Security(name, "", false, false) : null,
                (path.rest().isEmpty() ? "/" : path.rest()) + query(request),
                Map.of("X-Forwarded-Uri", List.of(path.prefix() + path.rest())),
                new ProxyLinks(path.prefix(), server.host(), String.valueOf(request.authority())));
    }

    /** To another API server, which is told who asks. */
    static Onward to(Connect.Delegated delegate, HttpServerRequest request) {
        Map<String, List<String>> headers = remote(delegate.user());
        headers.put("Host", List.of(delegate.host()));
        return new Onward(
                delegate.target(),
                delegate.host(),
                delegate.security(),
                request.uri(),
                Map.copyOf(headers),
                null);
    }

    private static Map<String, List<String>> remote(User user) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("X-Remote-User", List.of(user.name()));
        if (!user.uid().isEmpty()) {
            headers.put("X-Remote-Uid", List.of(user.uid()));
        }
        if (!user.groups().isEmpty()) {
            headers.put("X-Remote-Group", user.groups());
        }
        user.extra()
                .forEach((key, values) ->
                        headers.put(
                                "X-Remote-Extra-" + URLEncoder.encode(key, StandardCharsets.UTF_8),
                                values));
        return headers;
    }

    static String query(HttpServerRequest request) {
        String query = request.query();
        return query == null || query.isEmpty() ? "" : "?" + query;
    }

    /** Nobody but this server says who asks. */
    boolean hides(String header) {
        return security != null
                && security.asApiServer()
                && header.toLowerCase(Locale.ROOT).startsWith(REMOTE);
    }
}
