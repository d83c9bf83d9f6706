package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Same;
import java.util.List;

/**
 * What an update of a service leaves out and yet keeps: addresses and node ports once allocated;
 * and what goes with a change of type.
 */
public final class ServiceChanges {

    private static final List<String> ADDRESSES =
            List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

    private ServiceChanges() {}

    /** Takes over from the old spec what a client need not repeat. */
    public static void carryOver(ObjectNode spec, JsonNode old) {
        dropWhatTheTypeForbids(spec, old);
        if (needsAddress(spec) && needsAddress(old)) {
            for (String field : ADDRESSES) {
                copyIfAbsent(field, old, spec);
            }
        }
        alignAddresses(spec, old);
        if (needsNodePort(spec) && needsNodePort(old)) {
            for (ObjectNode port : Defaults.objects(spec, "ports")) {
                carryNodePort(port, old.path("ports"));
            }
        }
    }

    public static boolean needsAddress(JsonNode spec) {
        return switch (spec.path("type").asText("")) {
            case "ClusterIP", "NodePort", "LoadBalancer" -> true;
            default -> false;
        };
    }

    public static boolean needsNodePort(JsonNode spec) {
        return switch (spec.path("type").asText("")) {
            case "NodePort" -> true;
            case "LoadBalancer" -> spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
            default -> false;
        };
    }

    private static void copyIfAbsent(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.get(field);
        boolean open = to.path(field).isMissingNode() || to.path(field).isNull();
        boolean empty = to.path(field).isValueNode() && to.path(field).asText("").isEmpty();
        if (value != null
                && (open || empty || (to.path(field).isArray() && to.path(field).isEmpty()))) {
            to.set(field, value.deepCopy());
        }
    }

    /** A client that knows only one of the two fields means both. */
    public static void alignAddresses(ObjectNode spec, JsonNode old) {
        String first = spec.path("clusterIP").asText("");
        JsonNode all = spec.path("clusterIPs");
        boolean oneChanged = !first.equals(old.path("clusterIP").asText(""));
        boolean allChanged = !Same.same(all, old.path("clusterIPs"));
        if (oneChanged && !allChanged) {
            if (first.isEmpty()) {
                spec.remove("clusterIPs");
            } else {
                spec.putArray("clusterIPs").add(first);
            }
        } else if (!oneChanged && allChanged && !all.isEmpty() && first.isEmpty()) {
            spec.put("clusterIP", all.get(0).asText(""));
        }
    }

    private static void carryNodePort(ObjectNode port, JsonNode old) {
        if (port.path("nodePort").asInt() != 0) {
            return;
        }
        for (JsonNode before : old) {
            if (before.path("port").asInt() == port.path("port").asInt()
                    && Same.same(before.path("protocol"), port.path("protocol"))
                    && before.path("nodePort").asInt() != 0) {
                port.put("nodePort", before.path("nodePort").asInt());
            }
        }
    }

    private static void dropWhatTheTypeForbids(ObjectNode spec, JsonNode old) {
        if (needsAddress(old) && !needsAddress(spec)) {
            for (String field : ADDRESSES) {
                if (Same.same(spec.path(field), old.path(field))) {
                    spec.remove(field);
                }
            }
        }
        if (needsNodePort(old) && !needsNodePort(spec) && samePorts(spec, old)) {
            Defaults.objects(spec, "ports").forEach(port -> port.remove("nodePort"));
        }
        String type = spec.path("type").asText("");
        boolean outside = type.equals("NodePort") || type.equals("LoadBalancer");
        if (!outside
                && spec.path("externalIPs").isEmpty()
                && Same.same(
                        spec.path("externalTrafficPolicy"), old.path("externalTrafficPolicy"))) {
            spec.remove("externalTrafficPolicy");
        }
        if (!type.equals("LoadBalancer")) {
            for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
                if (Same.same(spec.path(field), old.path(field))) {
                    spec.remove(field);
                }
            }
        }
    }

    private static boolean samePorts(JsonNode spec, JsonNode old) {
        if (spec.path("ports").size() != old.path("ports").size()) {
            return false;
        }
        for (int i = 0; i < spec.path("ports").size(); i++) {
            int now = spec.path("ports").get(i).path("nodePort").asInt();
            if (now != old.path("ports").get(i).path("nodePort").asInt()) {
                return false;
            }
        }
        return true;
    }
}
