package dev.orrery.apiserver.aggregation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;

/** Where a delegate is: one of the ready endpoints of its Service. Pure. */
public sealed interface DelegateAddress {

    /**
     * @param node that it runs on; empty where that is not said
     */
    record Found(String node, String address, int port) implements DelegateAddress {}

    record Missing(Verdict why) implements DelegateAddress {}

    GroupResource SERVICES = new GroupResource("", "services");
    GroupResource SLICES = new GroupResource("discovery.k8s.io", "endpointslices");

    static DelegateAddress of(ClusterState state, Delegate delegate) {
        String which = "service/" + delegate.service() + " in \"" + delegate.namespace() + "\"";
        Stored stored =
                state.get(new ObjectKey(SERVICES, delegate.namespace(), delegate.service()));
        if (stored == null) {
            return missing("ServiceNotFound", which + " is not present");
        }
        for (JsonNode port : Trees.read(stored.value()).path("spec").path("ports")) {
            if (port.path("port").asInt() == delegate.port()) {
                return endpoint(state, delegate, port.path("name").asText(""), which);
            }
        }
        return missing("ServicePortError", which + " is not listening on port " + delegate.port());
    }

    private static DelegateAddress missing(String reason, String message) {
        return new Missing(Verdict.failed(reason, message));
    }

    private static DelegateAddress endpoint(
            ClusterState state, Delegate delegate, String portName, String which) {
        boolean any = false;
        for (Stored stored : state.list(SLICES, delegate.namespace())) {
            JsonNode slice = Trees.read(stored.value());
            JsonNode owner = slice.at("/metadata/labels/kubernetes.io~1service-name");
            if (owner.asText("").equals(delegate.service())) {
                any = true;
                int port = port(slice, portName);
                for (JsonNode endpoint : slice.path("endpoints")) {
                    boolean ready = endpoint.at("/conditions/ready").asBoolean(true);
                    String address = endpoint.path("addresses").path(0).asText("");
                    if (ready && port > 0 && !address.isEmpty()) {
                        return new Found(endpoint.path("nodeName").asText(""), address, port);
                    }
                }
            }
        }
        return any
                ? missing(
                        "MissingEndpoints",
                        "endpointslices for "
                                + which
                                + " have no addresses with port name \""
                                + portName
                                + "\"")
                : missing("EndpointsNotFound", "cannot find endpointslices for " + which);
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
