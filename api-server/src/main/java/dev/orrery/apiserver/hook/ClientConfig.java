package dev.orrery.apiserver.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.store.ClusterState;
import java.net.URI;
import java.util.Base64;

/**
 * A webhook's {@code clientConfig}: a URL or a Service. Immutable.
 *
 * @param url empty where it is a Service
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once
public record ClientConfig(
        String url, String namespace, String service, int port, String path, byte[] authorities) {

    private static final int HTTPS = 443;

    public static ClientConfig of(JsonNode config) {
        JsonNode service = config.path("service");
        return new ClientConfig(
                config.path("url").asText(""),
                service.path("namespace").asText(""),
                service.path("name").asText(""),
                service.path("port").asInt(HTTPS),
                service.path("path").asText(""),
                authorities(config.path("caBundle").asText("")));
    }

    private static byte[] authorities(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** As messages show it: {@code https://web.ns.svc:443/path}. */
    public String shown() {
        return url.isEmpty() ? "https://" + serverName() + ":" + port + servicePath() : url;
    }

    private String serverName() {
        return service + "." + namespace + ".svc";
    }

    private String servicePath() {
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }

    /**
     * Where to call now.
     *
     * @throws HookException where the Service has nobody behind it
     */
    public HookTarget target(ClusterState state) {
        if (!url.isEmpty()) {
            return urlTarget();
        }
        ServiceAddress address = ServiceAddress.of(state, namespace, service, port);
        String plain = servicePath();
        return new HookTarget(
                shown(),
                serverName(),
                address.host(),
                address.port(),
                address.inCluster(),
                plain.isEmpty() ? "/" : plain,
                authorities);
    }

    private HookTarget urlTarget() {
        URI uri = URI.create(url);
        String rawPath = uri.getRawPath() == null ? "" : uri.getRawPath();
        String host = String.valueOf(uri.getHost());
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new HookTarget(
                url,
                plain,
                plain,
                uri.getPort() < 0 ? HTTPS : uri.getPort(),
                false,
                rawPath.isEmpty() ? "/" : rawPath,
                authorities);
    }
}
