package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The columns of services and of what routes to them. */
final class NetworkTables {

    private static final int SHOWN = 3;
    private static final int BALANCER_WIDTH = 16;

    static final Columns SERVICE =
            Layout.named()
                    .text("Type", "How it is reached.", "/spec/type")
                    .text(
                            "Cluster-IP",
                            "Its address in the cluster.",
                            o -> Texts.orNone(o.path("spec").path("clusterIPs").path(0)))
                    .text("External-IP", "Its addresses outside.", NetworkTables::externalAddresses)
                    .text("Port(s)", "The ports that it serves.", NetworkTables::servicePorts)
                    .age()
                    .wide(
                            "Selector",
                            "The pods behind it.",
                            o -> Texts.labels(o.path("spec").path("selector")));

    static final Columns ENDPOINTS =
            Layout.named()
                    .text("Endpoints", "The addresses behind it.", NetworkTables::endpoints)
                    .age();

    static final Columns ENDPOINT_SLICE =
            Layout.named()
                    .text("AddressType", "The kind of its addresses.", "/addressType")
                    .text("Ports", "The ports of every endpoint.", NetworkTables::slicePorts)
                    .text("Endpoints", "The addresses in it.", NetworkTables::sliceAddresses)
                    .age();

    static final Columns INGRESS =
            Layout.named()
                    .text(
                            "Class",
                            "Who implements it.",
                            o -> Texts.orNone(o.path("spec").path("ingressClassName")))
                    .text("Hosts", "The hosts that it is for.", NetworkTables::hosts)
                    .text("Address", "Where it is reached.", NetworkTables::balancer)
                    .text(
                            "Ports",
                            "The ports that it opens.",
                            o -> o.path("spec").path("tls").isEmpty() ? "80" : "80, 443")
                    .age();

    static final Columns INGRESS_CLASS =
            Layout.named()
                    .text("Controller", "Who implements it.", "/spec/controller")
                    .text("Parameters", "What configures it.", NetworkTables::parameters)
                    .age();

    static final Columns NETWORK_POLICY =
            Layout.named()
                    .text(
                            "Pod-Selector",
                            "The pods that it is about.",
                            o -> Texts.selector(o.path("spec").path("podSelector")))
                    .age();

    static final Columns SERVICE_CIDR =
            Layout.named()
                    .text(
                            "CIDRs",
                            "The ranges of service addresses.",
                            o -> String.join(",", Texts.all(o.path("spec").path("cidrs"))))
                    .age();

    static final Columns IP_ADDRESS =
            Layout.named().text("ParentRef", "Who has the address.", NetworkTables::parent);

    private NetworkTables() {}

    private static String externalAddresses(JsonNode service) {
        JsonNode spec = service.path("spec");
        List<String> addresses = Texts.all(spec.path("externalIPs"));
        return switch (spec.path("type").asText("")) {
            case "ClusterIP", "NodePort" -> joined(addresses, Texts.NONE);
            case "LoadBalancer" -> {
                String balancer = balancer(service);
                if (!balancer.isEmpty()) {
                    addresses.addFirst(balancer);
                }
                yield joined(addresses, "<pending>");
            }
            case "ExternalName" -> spec.path("externalName").asText("");
            default -> "<unknown>";
        };
    }

    private static String joined(List<String> texts, String whenNone) {
        return texts.isEmpty() ? whenNone : String.join(",", texts);
    }

    private static String balancer(JsonNode object) {
        TreeSet<String> addresses = new TreeSet<>();
        for (JsonNode ingress : object.path("status").path("loadBalancer").path("ingress")) {
            String address = Texts.or(ingress.path("ip"), ingress.path("hostname").asText(""));
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        String text = String.join(",", addresses);
        return text.length() > BALANCER_WIDTH
                ? text.substring(0, BALANCER_WIDTH - 3) + "..."
                : text;
    }

    private static String servicePorts(JsonNode service) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : service.path("spec").path("ports")) {
            int nodePort = port.path("nodePort").asInt();
            String open = nodePort > 0 ? ":" + nodePort : "";
            ports.add(port.path("port").asInt() + open + "/" + port.path("protocol").asText(""));
        }
        return ports.isEmpty() ? Texts.NONE : String.join(",", ports);
    }

    private static String endpoints(JsonNode endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            List<String> addresses = Texts.each(subset.path("addresses"), "ip");
            if (subset.path("ports").isEmpty()) {
                all.addAll(addresses);
            }
            for (JsonNode port : subset.path("ports")) {
                for (String address : addresses) {
                    String host = address.contains(":") ? "[" + address + "]" : address;
                    all.add(host + ":" + port.path("port").asInt());
                }
            }
        }
        return endpoints.path("subsets").isEmpty() ? Texts.NONE : Texts.some(all, SHOWN, ",");
    }

    private static String slicePorts(JsonNode slice) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : slice.path("ports")) {
            ports.add(
                    port.hasNonNull("port")
                            ? String.valueOf(port.path("port").asInt())
                            : port.hasNonNull("name") ? port.path("name").asText() : "*");
        }
        return ports.isEmpty() ? Texts.UNSET : Texts.some(ports, SHOWN, ",");
    }

    private static String sliceAddresses(JsonNode slice) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode endpoint : slice.path("endpoints")) {
            addresses.addAll(Texts.all(endpoint.path("addresses")));
        }
        return addresses.isEmpty() ? Texts.UNSET : Texts.some(addresses, SHOWN, ",");
    }

    private static String hosts(JsonNode ingress) {
        JsonNode rules = ingress.path("spec").path("rules");
        List<String> hosts = new ArrayList<>(Texts.each(rules, "host"));
        hosts.removeIf(String::isEmpty);
        return hosts.isEmpty() ? "*" : Texts.some(hosts, SHOWN, ",");
    }

    private static String parameters(JsonNode ingressClass) {
        JsonNode parameters = ingressClass.path("spec").path("parameters");
        if (!parameters.isObject()) {
            return Texts.NONE;
        }
        String group = parameters.path("apiGroup").asText("");
        return parameters.path("kind").asText("")
                + (group.isEmpty() ? "" : "." + group)
                + "/"
                + parameters.path("name").asText("");
    }

    private static String parent(JsonNode address) {
        JsonNode parent = address.path("spec").path("parentRef");
        String group = parent.path("group").asText("");
        String namespace = parent.path("namespace").asText("");
        return parent.path("resource").asText("")
                + (group.isEmpty() ? "" : "." + group)
                + "/"
                + (namespace.isEmpty() ? "" : namespace + "/")
                + parent.path("name").asText("");
    }
}
