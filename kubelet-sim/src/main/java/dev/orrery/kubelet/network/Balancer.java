package dev.orrery.kubelet.network;

import dev.orrery.machinery.time.Clock;
import dev.orrery.userland.network.Address;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses an endpoint for a connection to a Service, as kube-proxy does: any of those that are
 * ready; with affinity, the one that the client had last; with a local policy, one of the client's
 * node. For any thread.
 */
final class Balancer {

    /** A client that is forgotten gets any endpoint again, which affinity allows at any time. */
    private static final int MOST_CLIENTS = 10_000;

    private static final int USUAL_AFFINITY_SECONDS = 10_800;

    private record Client(String service, String address) {}

    private record Kept(String endpoint, Instant seen) {}

    private record Choice(Endpoint endpoint, String address, int port) {}

    private final ServiceTable table;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<Client, Kept> affinity =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Client, Kept> eldest) {
                    return size() > MOST_CLIENTS;
                }
            };

    Balancer(ServiceTable table, Clock clock, RandomGenerator random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Null where no endpoint can take it.
     *
     * @param node where the client is, empty if on none
     */
    synchronized @Nullable Address choose(ServiceTable.Front front, String client, String node) {
        List<Choice> choices = choices(front, node);
        if (choices.isEmpty()) {
            return null;
        }
        Choice choice =
                "ClientIP".equals(front.service().getSpec().getSessionAffinity())
                        ? kept(front.service(), client, choices)
                        : choices.get(random.nextInt(choices.size()));
        return new Address(choice.address(), choice.port());
    }

    private Choice kept(Service service, String address, List<Choice> choices) {
        Client client = new Client(service.getMetadata().getUid(), address);
        Instant now = clock.instant();
        Kept before = affinity.get(client);
        Choice choice = choices.get(random.nextInt(choices.size()));
        if (before != null && before.seen().plus(timeout(service)).isAfter(now)) {
            choice =
                    choices.stream()
                            .filter(each -> each.address().equals(before.endpoint()))
                            .findFirst()
                            .orElse(choice);
        }
        affinity.put(client, new Kept(choice.address(), now));
        return choice;
    }

    private static Duration timeout(Service service) {
        var config = service.getSpec().getSessionAffinityConfig();
        Integer seconds =
                config == null || config.getClientIP() == null
                        ? null
                        : config.getClientIP().getTimeoutSeconds();
        return Duration.ofSeconds(seconds == null ? USUAL_AFFINITY_SECONDS : seconds);
    }

    /** The ready ones; where there are none, those that still serve while they end. */
    private List<Choice> choices(ServiceTable.Front front, String node) {
        List<Choice> ready = new ArrayList<>();
        List<Choice> ending = new ArrayList<>();
        boolean local = isLocal(front);
        for (EndpointSlice slice : table.slices(front.service())) {
            int port = port(slice, front.port());
            for (Endpoint endpoint : port == 0 ? List.<Endpoint>of() : slice.getEndpoints()) {
                if (local && !node.equals(endpoint.getNodeName())) {
                    continue;
                }
                List<Choice> group = isReady(endpoint) ? ready : isEnding(endpoint) ? ending : null;
                if (group != null && !endpoint.getAddresses().isEmpty()) {
                    group.add(new Choice(endpoint, endpoint.getAddresses().getFirst(), port));
                }
            }
        }
        return ready.isEmpty() ? ending : ready;
    }

    private static boolean isLocal(ServiceTable.Front front) {
        var spec = front.service().getSpec();
        return "Local"
                .equals(
                        front.fromOutside()
                                ? spec.getExternalTrafficPolicy()
                                : spec.getInternalTrafficPolicy());
    }

    /** 0 where the slice is not about that port. */
    private static int port(EndpointSlice slice, ServicePort wanted) {
        String name = Objects.requireNonNullElse(wanted.getName(), "");
        for (EndpointPort port : slice.getPorts()) {
            if (name.equals(Objects.requireNonNullElse(port.getName(), ""))
                    && Objects.equals(protocol(port.getProtocol()), protocol(wanted.getProtocol()))
                    && port.getPort() != null) {
                return port.getPort();
            }
        }
        return 0;
    }

    private static String protocol(@Nullable String name) {
        return name == null || name.isEmpty() ? "TCP" : name;
    }

    static boolean isReady(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.getConditions();
        return conditions == null || !Boolean.FALSE.equals(conditions.getReady());
    }

    private static boolean isEnding(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.getConditions();
        return conditions != null
                && Boolean.TRUE.equals(conditions.getServing())
                && Boolean.TRUE.equals(conditions.getTerminating());
    }
}
