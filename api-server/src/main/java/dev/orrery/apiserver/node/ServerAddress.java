package dev.orrery.apiserver.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/** Where a proxy request goes: {@code [SCHEME:]NAME[:PORT]} of a pod, a Service or a node. Pure. */
final class ServerAddress {

    private static final String HTTPS = "https";
    private static final String KUBELET = "10250";
    private static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");

    private final ApiRequest request;
    private final ClusterState state;
    private final int turn;
    private final boolean tls;
    private final String name;
    private final String port;

    private ServerAddress(ApiRequest request, ClusterState state, int turn) {
        this.request = request;
        this.state = state;
        this.turn = turn;
        String[] parts = request.name().split(":", -1);
        boolean known =
                parts.length < 3
                        || (parts.length == 3 && List.of("", "http", HTTPS).contains(parts[0]));
        if (!known || parts[parts.length == 3 ? 1 : 0].isEmpty()) {
            String kind = request.kind().resource().resource();
            throw Refusals.badRequest(
                    "invalid "
                            + kind.substring(0, kind.length() - 1)
                            + " request "
                            + '"'
                            + request.name()
                            + '"');
        }
        this.tls = parts.length == 3 && parts[0].equals(HTTPS);
        this.name = parts[parts.length == 3 ? 1 : 0];
        this.port = parts.length == 1 ? "" : parts[parts.length - 1];
    }

    /**
     * @param turn of the endpoint among those of a Service
     */
    static Connect.Server of(ApiRequest request, ClusterState state, int turn) {
        ServerAddress address = new ServerAddress(request, state, turn);
        return switch (request.kind().resource().resource()) {
            case "pods" -> address.pod();
            case "services" -> address.service();
            case "nodes" -> address.node();
            default -> throw Refusals.noSuchPath();
        };
    }

    private JsonNode object() {
        Stored stored = state.get(request.kind().key(request.namespace(), name));
        if (stored == null) {
            throw Refusals.notFound(request.kind().resource(), name);
        }
        return Trees.read(stored.value());
    }

    private Connect.Server pod() {
        JsonNode pod = object();
        String ip = pod.path("status").path("podIP").asText("");
        if (ip.isEmpty()) {
            throw Refusals.badRequest("address not allowed");
        }
        String wanted = port;
        if (wanted.isEmpty()) {
            for (JsonNode container : pod.path("spec").path("containers")) {
                if (wanted.isEmpty() && !container.path("ports").isEmpty()) {
                    wanted = container.path("ports").path(0).path("containerPort").asText();
                }
            }
        }
        return server(pod.path("spec").path("nodeName").asText(""), ip, wanted);
    }

    private Connect.Server node() {
        JsonNode node = object();
        if (port.isEmpty() || port.equals(KUBELET)) {
            return new Connect.Server(new Tunnels.Target.Kubelet(name), name + ":10250", false);
        }
        for (JsonNode address : node.path("status").path("addresses")) {
            if (address.path("type").asText().equals("InternalIP")) {
                return server(name, address.path("address").asText(), port);
            }
        }
        throw Refusals.internal("no preferred addresses found; known addresses: []");
    }

    private Connect.Server service() {
        String portName = portName(object());
        Stored stored = state.get(new ObjectKey(ENDPOINTS, request.namespace(), name));
        List<String[]> choices = new ArrayList<>();
        if (stored != null) {
            for (JsonNode subset : Trees.read(stored.value()).path("subsets")) {
                for (JsonNode each : subset.path("ports")) {
                    if (each.path("name").asText("").equals(portName)) {
                        subset.path("addresses")
                                .forEach(address ->
                                        choices.add(
                                                new String[] {
                                                    address.path("nodeName").asText(""),
                                                    address.path("ip").asText(),
                                                    each.path("port").asText()
                                                }));
                    }
                }
            }
        }
        if (choices.isEmpty()) {
            throw Refusals.unavailable("no endpoints available for service \"" + name + "\"", 0);
        }
        String[] chosen = choices.get(Math.floorMod(turn, choices.size()));
        return server(chosen[0], chosen[1], chosen[2]);
    }

    /** A port of the Service that is asked for by its number is known by its name. */
    private String portName(JsonNode service) {
        if (!port.matches("\\d+")) {
            return port;
        }
        for (JsonNode each : service.path("spec").path("ports")) {
            if (each.path("port").asText().equals(port)) {
                return each.path("name").asText("");
            }
        }
        throw Refusals.unavailable(
                "no service port " + port + " found for service \"" + name + "\"", 0);
    }

    private Connect.Server server(String node, String ip, String wanted) {
        String usual = tls ? "443" : "80";
        String number = wanted.isEmpty() ? usual : wanted;
        if (!number.matches("\\d{1,5}") || Integer.parseInt(number) > 65_535) {
            throw Refusals.unavailable(
                    "error trying to reach service: dial tcp: "
                            + (number.matches("\\d+")
                                    ? "address " + number + ": invalid port"
                                    : "lookup tcp/" + number + ": unknown port"),
                    0);
        }
        return new Connect.Server(
                new Tunnels.Target.At(node, ip, Integer.parseInt(number)),
                wanted.isEmpty() ? ip : ip + ":" + wanted,
                tls);
    }
}
