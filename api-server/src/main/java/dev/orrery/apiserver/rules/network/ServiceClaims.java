package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Claims;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A service's addresses and node ports. An address is claimed by an IPAddress, as in Kubernetes; a
 * node port by a key that the API does not show.
 */
public final class ServiceClaims implements Claims {

    public static final GroupResource ADDRESSES =
            new GroupResource("networking.k8s.io", "ipaddresses");
    public static final GroupResource NODE_PORTS = new GroupResource("orrery.dev", "nodeports");

    /** Tells a service from its successor of the same name. */
    private static final String OWNER = "orrery.dev/service-uid";

    @Override
    public Set<ObjectKey> of(JsonNode service) {
        Set<ObjectKey> claims = new LinkedHashSet<>();
        JsonNode spec = service.path("spec");
        for (JsonNode address : spec.path("clusterIPs")) {
            if (Addresses.isV4(address.asText(""))) {
                claims.add(address(address.asText()));
            }
        }
        for (JsonNode port : spec.path("ports")) {
            if (port.path("nodePort").asInt() != 0) {
                claims.add(nodePort(port.path("nodePort").asInt()));
            }
        }
        return claims;
    }

    public static ObjectKey address(String address) {
        return new ObjectKey(ADDRESSES, "", address);
    }

    public static ObjectKey nodePort(int port) {
        return new ObjectKey(NODE_PORTS, "", Integer.toString(port));
    }

    @Override
    public ObjectNode mark(ObjectKey claim, JsonNode service, Instant now) {
        boolean address = claim.resource().equals(ADDRESSES);
        ObjectNode mark = JsonNodeFactory.instance.objectNode();
        mark.put("kind", address ? "IPAddress" : "NodePort");
        mark.put("apiVersion", address ? "networking.k8s.io/v1" : "orrery.dev/v1");
        ObjectNode metadata = mark.putObject("metadata").put("name", claim.name());
        String owner = service.path("metadata").path("uid").asText("");
        byte[] identity = (owner + claim).getBytes(StandardCharsets.UTF_8);
        metadata.put("uid", UUID.nameUUIDFromBytes(identity).toString());
        metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        if (address) {
            metadata.putObject("labels")
                    .put("ipaddress.kubernetes.io/ip-family", "IPv4")
                    .put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
        }
        metadata.putObject("annotations").put(OWNER, owner);
        mark.putObject("spec")
                .putObject("parentRef")
                .put("group", "")
                .put("resource", "services")
                .put("namespace", service.path("metadata").path("namespace").asText(""))
                .put("name", service.path("metadata").path("name").asText(""));
        return mark;
    }

    /** One that a user made names its service by name alone. */
    @Override
    public boolean names(JsonNode mark, JsonNode service) {
        String owner = mark.path("metadata").path("annotations").path(OWNER).asText("");
        return owner.isEmpty() || owner.equals(service.path("metadata").path("uid").asText(""));
    }
}
