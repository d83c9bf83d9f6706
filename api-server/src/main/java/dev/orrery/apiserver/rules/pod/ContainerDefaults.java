package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Quantities;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in one container, of whatever list. */
final class ContainerDefaults {

    private ContainerDefaults() {}

    static void setDefaults(ObjectNode container) {
        Defaults.text(container, "imagePullPolicy", pullPolicy(container.path("image").asText("")));
        Defaults.text(container, "terminationMessagePath", "/dev/termination-log");
        Defaults.text(container, "terminationMessagePolicy", "File");
        Defaults.object(container, "resources");
        Quantities.canonicalize(container.path("resources"));
        for (ObjectNode port : Defaults.objects(container, "ports")) {
            Defaults.text(port, "protocol", "TCP");
        }
        for (ObjectNode variable : Defaults.objects(container, "env")) {
            completeFieldRef(variable.path("valueFrom"));
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            completeProbe(Defaults.existing(container, probe));
        }
        completeHandler(container.path("lifecycle").path("postStart"));
        completeHandler(container.path("lifecycle").path("preStop"));
    }

    /** A reference without a tag, and without a digest, is to {@code latest}. */
    static String pullPolicy(String image) {
        if (image.contains("@")) {
            return "IfNotPresent";
        }
        int colon = image.lastIndexOf(':');
        boolean tagged = colon > image.lastIndexOf('/');
        boolean latest = !tagged || image.substring(colon + 1).equals("latest");
        return latest ? "Always" : "IfNotPresent";
    }

    static void completeFieldRef(JsonNode holder) {
        ObjectNode reference = Defaults.existing(holder, "fieldRef");
        if (reference != null) {
            Defaults.text(reference, "apiVersion", "v1");
        }
    }

    private static void completeProbe(@Nullable ObjectNode probe) {
        if (probe == null) {
            return;
        }
        Defaults.numberUnlessZero(probe, "timeoutSeconds", 1);
        Defaults.numberUnlessZero(probe, "periodSeconds", 10);
        Defaults.numberUnlessZero(probe, "successThreshold", 1);
        Defaults.numberUnlessZero(probe, "failureThreshold", 3);
        completeHandler(probe);
        ObjectNode grpc = Defaults.existing(probe, "grpc");
        if (grpc != null) {
            Defaults.text(grpc, "service", "");
        }
    }

    private static void completeHandler(JsonNode handler) {
        ObjectNode get = Defaults.existing(handler, "httpGet");
        if (get != null) {
            Defaults.text(get, "path", "/");
            Defaults.text(get, "scheme", "HTTP");
        }
    }

    static void requestWhatIsLimited(ObjectNode container) {
        JsonNode limits = container.path("resources").path("limits");
        if (limits.isEmpty()) {
            return;
        }
        ObjectNode resources = Defaults.object(container, "resources");
        ObjectNode requests = Defaults.object(resources, "requests");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            if (Defaults.isAbsent(requests, limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        }
    }

    static void openPortsOnHost(ObjectNode container) {
        for (ObjectNode port : Defaults.objects(container, "ports")) {
            Defaults.numberUnlessZero(port, "hostPort", port.path("containerPort").asInt());
        }
    }
}
