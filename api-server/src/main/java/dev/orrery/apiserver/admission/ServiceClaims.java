package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses and node ports the other services of the cluster have. */
final class ServiceClaims {

    private static final int ATTEMPTS = 10_000;

    private final Attributes attributes;
    private @Nullable Set<String> addresses;
    private final Set<Integer> ports = new HashSet<>();

    ServiceClaims(Attributes attributes) {
        this.attributes = attributes;
    }

    boolean isTaken(String address) {
        return taken().contains(address);
    }

    boolean isTaken(int port) {
        taken();
        return ports.contains(port);
    }

    /** Empty if there is none. */
    String freeAddress() {
        for (int i = 0; i < ATTEMPTS; i++) {
            String address = ServiceRange.address(attributes.random());
            if (!isTaken(address)) {
                return address;
            }
        }
        return "";
    }

    /** Zero if there is none. */
    int freePort(Set<Integer> own) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ServiceRange.port(attributes.random());
            if (!isTaken(port) && !own.contains(port)) {
                return port;
            }
        }
        return 0;
    }

    private Set<String> taken() {
        Set<String> known = addresses;
        if (known == null) {
            known = new HashSet<>();
            addresses = known;
            var services = Cluster.of(attributes).state().list(Cluster.SERVICES);
            for (var stored : services) {
                boolean self =
                        stored.key().namespace().equals(attributes.namespace())
                                && stored.key().name().equals(attributes.name());
                if (!self) {
                    note(Trees.read(stored.value()), known);
                }
            }
        }
        return known;
    }

    private void note(ObjectNode service, Set<String> known) {
        for (JsonNode address : service.path("spec").path("clusterIPs")) {
            known.add(address.asText(""));
        }
        for (JsonNode port : service.path("spec").path("ports")) {
            ports.add(port.path("nodePort").asInt());
        }
    }
}
