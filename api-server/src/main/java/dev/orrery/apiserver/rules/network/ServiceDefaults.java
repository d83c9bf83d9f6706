package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;

/** Fills in a service. */
final class ServiceDefaults {

    private static final int AFFINITY_SECONDS = 10_800;

    private ServiceDefaults() {}

    static void setDefaults(ObjectNode spec) {
        Defaults.text(spec, "sessionAffinity", "None");
        completeAffinity(spec);
        Defaults.text(spec, "type", "ClusterIP");
        for (ObjectNode port : Defaults.objects(spec, "ports")) {
            completePort(port);
        }
        String type = spec.path("type").asText();
        boolean outside = type.equals("NodePort") || type.equals("LoadBalancer");
        boolean external = type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty();
        if (outside || external) {
            Defaults.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (outside || type.equals("ClusterIP")) {
            Defaults.text(spec, "internalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            Defaults.flag(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    private static void completeAffinity(ObjectNode spec) {
        String affinity = spec.path("sessionAffinity").asText();
        if (affinity.equals("None")) {
            spec.remove("sessionAffinityConfig");
        } else if (affinity.equals("ClientIP")) {
            ObjectNode config = Defaults.object(spec, "sessionAffinityConfig");
            Defaults.number(
                    Defaults.object(config, "clientIP"), "timeoutSeconds", AFFINITY_SECONDS);
        }
    }

    private static void completePort(ObjectNode port) {
        Defaults.text(port, "protocol", "TCP");
        JsonNode target = port.path("targetPort");
        boolean open = target.isNumber() ? target.asInt() == 0 : target.asText("").isEmpty();
        if (open || target.isNull()) {
            port.set("targetPort", port.path("port"));
        }
    }
}
