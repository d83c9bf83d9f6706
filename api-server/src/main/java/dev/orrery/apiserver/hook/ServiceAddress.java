package dev.orrery.apiserver.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;

/**
 * One of those who serve behind a Service.
 *
 * @param inCluster whether it is in the network of the pods
 */
public record ServiceAddress(String host, int port, boolean inCluster) {

    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final GroupResource SLICES =
            new GroupResource("discovery.k8s.io", "endpointslices");

    /**
     * The first that is ready.
     *
     * @throws HookException where there is none
     */
    public static ServiceAddress of(
            ClusterState state, String namespace, String name, int servicePort) {
        Stored stored = state.get(new ObjectKey(SERVICES, namespace, name));
        if (stored == null) {
            throw new HookException("service \"" + name + "\" not found");
        }
        JsonNode spec = Trees.read(stored.value()).path("spec");
        if (spec.path("type").asText().equals("ExternalName")) {
            return new ServiceAddress(spec.path("externalName").asText(), servicePort, false);
        }
        for (JsonNode port : spec.path("ports")) {
            if (port.path("port").asInt() == servicePort) {
                return ready(state, namespace, name, port.path("name").asText(""));
            }
        }
        throw new HookException(
                "no service port " + servicePort + " found for service \"" + name + "\"");
    }

    private static ServiceAddress ready(
            ClusterState state, String namespace, String name, String portName) {
        for (Stored stored : state.list(SLICES, namespace)) {
            JsonNode slice = Trees.read(stored.value());
            JsonNode labels = slice.path("metadata").path("labels");
            if (!labels.path("kubernetes.io/service-name").asText("").equals(name)) {
                continue;
            }
            int port = port(slice, portName);
            for (JsonNode endpoint : slice.path("endpoints")) {
                boolean isReady = endpoint.path("conditions").path("ready").asBoolean(true);
                if (port > 0 && isReady && !endpoint.path("addresses").isEmpty()) {
                    return new ServiceAddress(
                            endpoint.path("addresses").get(0).asText(), port, true);
                }
            }
        }
        throw new HookException("no endpoints available for service \"" + name + "\"");
    }

    private static int port(JsonNode slice, String name) {
        for (JsonNode port : slice.path("ports")) {
            if (port.path("name").asText("").equals(name)) {
                return port.path("port").asInt();
            }
        }
        return 0;
    }
}
