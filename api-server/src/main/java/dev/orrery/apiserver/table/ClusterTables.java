package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/** The columns of nodes, namespaces, configuration, events and quotas. */
final class ClusterTables {

    private static final String ROLE = "node-role.kubernetes.io/";

    static final Columns NODE =
            Layout.named()
                    .text("Status", "Whether it is ready.", ClusterTables::nodeStatus)
                    .text("Roles", "What it is for.", ClusterTables::roles)
                    .age()
                    .text("Version", "Of its kubelet.", "/status/nodeInfo/kubeletVersion")
                    .wide("Internal-IP", "Its address inside.", o -> address(o, "InternalIP"))
                    .wide("External-IP", "Its address outside.", o -> address(o, "ExternalIP"))
                    .wide("OS-Image", "Its operating system.", o -> info(o, "osImage"))
                    .wide("Kernel-Version", "Its kernel.", o -> info(o, "kernelVersion"))
                    .wide(
                            "Container-Runtime",
                            "What runs its containers.",
                            o -> info(o, "containerRuntimeVersion"));

    static final Columns NAMESPACE =
            Layout.named().text("Status", "Whether it is in use.", "/status/phase").age();

    static final Columns SECRET =
            Layout.named()
                    .text("Type", "What it holds.", "/type")
                    .number("Data", "How many entries it has.", o -> (long) o.path("data").size())
                    .age();

    static final Columns CONFIG_MAP =
            Layout.named()
                    .number(
                            "Data",
                            "How many entries it has.",
                            o -> (long) (o.path("data").size() + o.path("binaryData").size()))
                    .age();

    static final Columns SERVICE_ACCOUNT =
            Layout.named()
                    .number(
                            "Secrets",
                            "How many secrets it may use.",
                            o -> (long) o.path("secrets").size())
                    .age();

    static final Columns EVENT =
            Layout.empty()
                    .timed("Last Seen", "How long ago it last happened.", ClusterTables::lastSeen)
                    .text("Type", "Normal or Warning.", "/type")
                    .text("Reason", "Why, in one word.", "/reason")
                    .text("Object", "What it is about.", ClusterTables::target)
                    .wide(
                            "Subobject",
                            "The part of it.",
                            o -> involved(o).path("fieldPath").asText(""))
                    .wide("Source", "Who says so.", ClusterTables::source)
                    .text("Message", "What happened.", ClusterTables::message)
                    .wideTimed(
                            "First Seen",
                            "How long ago it first happened.",
                            ClusterTables::firstSeen)
                    .wide("Count", "How often it happened.", ClusterTables::count)
                    .wideName();

    static final Columns RESOURCE_QUOTA =
            Layout.named()
                    .text("Request", "What is requested, of the most.", o -> used(o, false))
                    .text("Limit", "What is limited to, of the most.", o -> used(o, true))
                    .age();

    static final Columns LEASE =
            Layout.named().text("Holder", "Who has it.", "/spec/holderIdentity").age();

    static final Columns COMPONENT_STATUS =
            Layout.named()
                    .text("Status", "Whether it is well.", ClusterTables::health)
                    .text("Message", "What it says.", o -> healthField(o, "message"))
                    .text("Error", "What it complains of.", o -> healthField(o, "error"));

    private ClusterTables() {}

    private static String nodeStatus(JsonNode node) {
        String ready = "Unknown";
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals("Ready")) {
                ready = condition.path("status").asText("").equals("True") ? "Ready" : "NotReady";
            }
        }
        boolean closed = node.path("spec").path("unschedulable").asBoolean();
        return closed ? ready + ",SchedulingDisabled" : ready;
    }

    private static String roles(JsonNode node) {
        TreeSet<String> roles = new TreeSet<>();
        for (Map.Entry<String, JsonNode> label :
                node.path("metadata").path("labels").properties()) {
            String key = label.getKey();
            if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
                roles.add(key.substring(ROLE.length()));
            } else if (key.equals("kubernetes.io/role") && !label.getValue().asText().isEmpty()) {
                roles.add(label.getValue().asText());
            }
        }
        return roles.isEmpty() ? Texts.NONE : String.join(",", roles);
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : node.path("status").path("addresses")) {
            if (address.path("type").asText("").equals(type)) {
                return address.path("address").asText("");
            }
        }
        return Texts.NONE;
    }

    private static String info(JsonNode node, String field) {
        return Texts.or(node.path("status").path("nodeInfo").path(field), "<unknown>");
    }

    /** Events of the old and of the new API differ in the names of their fields. */
    private static JsonNode either(JsonNode event, String old, String now) {
        return event.has(old) ? event.path(old) : event.path(now);
    }

    private static JsonNode involved(JsonNode event) {
        return either(event, "involvedObject", "regarding");
    }

    private static String target(JsonNode event) {
        String kind = involved(event).path("kind").asText("").toLowerCase(Locale.ROOT);
        String name = involved(event).path("name").asText("");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String message(JsonNode event) {
        return either(event, "message", "note").asText("").strip();
    }

    private static String firstSeen(JsonNode event, Instant now) {
        JsonNode first = either(event, "firstTimestamp", "deprecatedFirstTimestamp");
        return Age.of(first.isTextual() ? first : event.path("eventTime"), now);
    }

    private static String lastSeen(JsonNode event, Instant now) {
        if (event.path("series").isObject()) {
            return Age.of(event.path("series").path("lastObservedTime"), now);
        }
        JsonNode last = either(event, "lastTimestamp", "deprecatedLastTimestamp");
        return last.isTextual() ? Age.of(last, now) : firstSeen(event, now);
    }

    private static String count(JsonNode event) {
        if (event.path("series").isObject()) {
            return event.path("series").path("count").asText("0");
        }
        int count = either(event, "count", "deprecatedCount").asInt();
        return String.valueOf(count == 0 ? 1 : count);
    }

    private static String source(JsonNode event) {
        JsonNode source = either(event, "source", "deprecatedSource");
        List<String> parts = new ArrayList<>();
        parts.add(
                Texts.or(
                        source.path("component"),
                        either(event, "reportingComponent", "reportingController").asText("")));
        String host = Texts.or(source.path("host"), event.path("reportingInstance").asText(""));
        if (!host.isEmpty()) {
            parts.add(host);
        }
        return String.join(", ", parts);
    }

    private static String used(JsonNode quota, boolean limits) {
        Map<String, JsonNode> hard = new TreeMap<>();
        quota.path("status")
                .path("hard")
                .properties()
                .forEach(entry -> hard.put(entry.getKey(), entry.getValue()));
        StringJoiner text = new StringJoiner(", ");
        hard.forEach((name, most) -> {
            if (name.startsWith("limits") == limits) {
                JsonNode used = quota.path("status").path("used").path(name);
                text.add(name + ": " + Texts.quantity(used) + "/" + Texts.quantity(most));
            }
        });
        return text.toString();
    }

    private static String health(JsonNode component) {
        for (JsonNode condition : component.path("conditions")) {
            if (condition.path("type").asText("").equals("Healthy")) {
                return condition.path("status").asText("").equals("True") ? "Healthy" : "Unhealthy";
            }
        }
        return "Unknown";
    }

    private static String healthField(JsonNode component, String field) {
        return component.path("conditions").path(0).path(field).asText("");
    }
}
