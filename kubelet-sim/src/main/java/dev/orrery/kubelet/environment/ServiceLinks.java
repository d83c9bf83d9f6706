package dev.orrery.kubelet.environment;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The variables by which a container finds services: {@code REDIS_SERVICE_HOST} and the like, and
 * those that Docker's links once made.
 */
final class ServiceLinks {

    private ServiceLinks() {}

    /**
     * @param services those of the pod's namespace that it is to see, and the cluster's own
     */
    static Map<String, String> of(Collection<Service> services) {
        Map<String, String> variables = new TreeMap<>();
        services.stream()
                .filter(ServiceLinks::hasAddress)
                .sorted(Comparator.comparing(service -> service.getMetadata().getName()))
                .forEach(service -> put(variables, service));
        return variables;
    }

    private static boolean hasAddress(Service service) {
        String ip = service.getSpec().getClusterIP();
        return ip != null && !ip.isEmpty() && !ip.equals("None");
    }

    private static void put(Map<String, String> variables, Service service) {
        String prefix = name(service.getMetadata().getName());
        String ip = service.getSpec().getClusterIP();
        List<ServicePort> ports = service.getSpec().getPorts();
        variables.put(prefix + "_SERVICE_HOST", ip);
        for (int i = 0; i < ports.size(); i++) {
            ServicePort port = ports.get(i);
            String number = Integer.toString(port.getPort());
            if (i == 0) {
                variables.put(prefix + "_SERVICE_PORT", number);
            }
            if (port.getName() != null && !port.getName().isEmpty()) {
                variables.put(prefix + "_SERVICE_PORT_" + name(port.getName()), number);
            }
            putLink(variables, prefix, ip, port, i == 0);
        }
    }

    private static void putLink(
            Map<String, String> variables,
            String prefix,
            String ip,
            ServicePort port,
            boolean first) {
        String protocol = Objects.requireNonNullElse(port.getProtocol(), "TCP");
        String lower = protocol.toLowerCase(Locale.ROOT);
        String url = lower + "://" + ip + ":" + port.getPort();
        String link = prefix + "_PORT_" + port.getPort() + "_" + protocol;
        if (first) {
            variables.put(prefix + "_PORT", url);
        }
        variables.put(link, url);
        variables.put(link + "_PROTO", lower);
        variables.put(link + "_PORT", Integer.toString(port.getPort()));
        variables.put(link + "_ADDR", ip);
    }

    private static String name(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
