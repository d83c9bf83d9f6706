package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.rules.network.ServiceClaims;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses and node ports other services have. A claim whose service is not there counts for
 * a minute, while the service may be on its way; then it is what a crash left behind.
 */
final class ServiceHoldings {

    private static final ServiceClaims CLAIMS = new ServiceClaims();
    private static final GroupResource RANGES =
            new GroupResource("networking.k8s.io", "servicecidrs");
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    /** Enough to find one of two thousand and more with few left. */
    private static final int ATTEMPTS = 10_000;

    private final Attributes attributes;

    ServiceHoldings(Attributes attributes) {
        this.attributes = attributes;
    }

    /** Whether a ServiceCIDR that is ready has room for it. */
    boolean isInRange(String address) {
        for (Stored stored : attributes.state().list(RANGES)) {
            ObjectNode range = Trees.read(stored.value());
            if (isReady(range)) {
                for (JsonNode cidr : range.path("spec").path("cidrs")) {
                    if (ServiceRange.contains(cidr.asText(), address)) {
                        return true;
                    }
                }
            }
        }
        return ServiceRange.contains(ServiceRange.TEXT, address);
    }

    /** One of which nobody says that it is not. */
    private static boolean isReady(JsonNode range) {
        for (JsonNode condition : range.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return true;
    }

    /** Whether another service has it, claimed or, as in an older log, unclaimed. */
    boolean isTaken(ObjectKey claim) {
        return isClaimed(claim) || isUsed(claim);
    }

    private boolean isClaimed(ObjectKey claim) {
        Stored stored = attributes.state().get(claim);
        if (stored == null) {
            return false;
        }
        ObjectNode mark = Trees.read(stored.value());
        ObjectNode service = service(mark.path("spec").path("parentRef"));
        if (service != null && isOwn(service)) {
            return false;
        }
        boolean held =
                service != null
                        && CLAIMS.names(mark, service)
                        && CLAIMS.of(service).contains(claim);
        return held || isFresh(mark.path("metadata").path("creationTimestamp"));
    }

    /** Also where the write is going to be refused because there is a service of that name. */
    private boolean isOwn(JsonNode service) {
        JsonNode metadata = service.path("metadata");
        return metadata.path("namespace").asText("").equals(attributes.namespace())
                && metadata.path("name").asText("").equals(attributes.name());
    }

    private @Nullable ObjectNode service(JsonNode parent) {
        return Cluster.of(attributes)
                .get(
                        Cluster.SERVICES,
                        parent.path("namespace").asText(""),
                        parent.path("name").asText(""));
    }

    private boolean isFresh(JsonNode time) {
        try {
            Instant since = Instant.parse(time.asText(""));
            return since.plus(ON_ITS_WAY).isAfter(attributes.now());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean isUsed(ObjectKey claim) {
        for (Stored stored : attributes.state().list(Cluster.SERVICES)) {
            boolean own =
                    stored.key().namespace().equals(attributes.namespace())
                            && stored.key().name().equals(attributes.name());
            if (!own && CLAIMS.of(Trees.read(stored.value())).contains(claim)) {
                return true;
            }
        }
        return false;
    }

    /** Empty if there is none. */
    String freeAddress() {
        for (int i = 0; i < ATTEMPTS; i++) {
            String address = ServiceRange.address(attributes.random());
            if (!isClaimed(ServiceClaims.address(address))) {
                return address;
            }
        }
        return "";
    }

    /** Zero if there is none. */
    int freePort(Set<Integer> own) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ServiceRange.port(attributes.random());
            if (!own.contains(port) && !isClaimed(ServiceClaims.nodePort(port))) {
                return port;
            }
        }
        return 0;
    }
}
