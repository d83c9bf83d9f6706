package dev.orrery.apiserver.aggregation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.node.ClusterHttp.Security;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An API server behind a Service, which answers for a version of a group. Immutable.
 *
 * @param authorities PEM; empty for none that would be trusted
 * @param verify whether it must prove who it is
 * @param available as the APIService's condition says
 */
public record Delegate(
        String group,
        String version,
        String namespace,
        String service,
        int port,
        String authorities,
        boolean verify,
        int groupPriority,
        int versionPriority,
        boolean available) {

    private static final int HTTPS = 443;

    /** Null where an APIService is this server's own affair. */
    public static @Nullable Delegate of(JsonNode apiService) {
        JsonNode spec = apiService.path("spec");
        JsonNode service = spec.path("service");
        if (!service.isObject()) {
            return null;
        }
        return new Delegate(
                spec.path("group").asText(""),
                spec.path("version").asText(""),
                service.path("namespace").asText(""),
                service.path("name").asText(""),
                service.path("port").asInt(HTTPS),
                pem(spec.path("caBundle").asText("")),
                !spec.path("insecureSkipTLSVerify").asBoolean(),
                spec.path("groupPriorityMinimum").asInt(),
                spec.path("versionPriority").asInt(),
                isAvailable(apiService));
    }

    private static String pem(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static boolean isAvailable(JsonNode apiService) {
        for (JsonNode condition : apiService.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals("Available")) {
                return condition.path("status").asText("").equals("True");
            }
        }
        return false;
    }

    /** Of its APIService. */
    public String name() {
        return version + "." + group;
    }

    public String apiVersion() {
        return group + "/" + version;
    }

    /** As a URL names it. */
    public String host() {
        return service + "." + namespace + ".svc:" + port;
    }

    /** The api-server shows its own certificate, by which it is known that it may name users. */
    public Security security() {
        return new Security(service + "." + namespace + ".svc", authorities, verify, true);
    }
}
