package dev.orrery.machinery.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.GroupResource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one object takes of a quota, under all the names that a quota can have for it. */
public final class QuotaUsage {

    private static final Quantity ONE = new Quantity(BigDecimal.ONE, Quantity.Format.DECIMAL);
    private static final Set<String> COUNTED =
            Set.of(
                    "services",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "replicationcontrollers",
                    "resourcequotas");
    private static final String STORAGE_CLASS = ".storageclass.storage.k8s.io/";
    private static final Set<String> COMPUTE = Set.of("cpu", "memory", "ephemeral-storage");
    private static final List<String> DEMANDED =
            List.of(
                    "cpu",
                    "memory",
                    "requests.cpu",
                    "requests.memory",
                    "limits.cpu",
                    "limits.memory");

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");

    private QuotaUsage() {}

    /** Whether this is a name that something can be counted under. */
    public static boolean isCounted(String name) {
        return name.startsWith("count/")
                || name.equals("pods")
                || COUNTED.contains(name)
                || name.startsWith("services.")
                || COMPUTE.contains(name)
                || isHugePages(name)
                || name.startsWith("requests.")
                || name.startsWith("limits.")
                || name.contains(STORAGE_CLASS);
    }

    /**
     * @param now a pod that should have gone by then takes nothing
     */
    public static Map<String, Quantity> of(GroupResource resource, JsonNode object, Instant now) {
        Map<String, Quantity> usage = new HashMap<>();
        usage.put("count/" + resource, ONE);
        if (resource.group().isEmpty() && COUNTED.contains(resource.resource())) {
            usage.put(resource.resource(), ONE);
        }
        if (resource.equals(PODS)) {
            addPod(usage, object, now);
        } else if (resource.equals(SERVICES)) {
            addService(usage, object.path("spec"));
        } else if (resource.equals(CLAIMS)) {
            addClaim(usage, object.path("spec"));
        }
        return usage;
    }

    /** Whether what an object of the resource takes depends on more than that it is there. */
    public static boolean varies(GroupResource resource) {
        return resource.equals(PODS) || resource.equals(SERVICES) || resource.equals(CLAIMS);
    }

    /** Whether an object of the resource can take anything of what has these names. */
    public static boolean names(GroupResource resource, Set<String> names) {
        return varies(resource)
                || names.contains("count/" + resource)
                || (resource.group().isEmpty() && names.contains(resource.resource()));
    }

    /** When a pod that is being deleted should have gone; null for all others. */
    public static @Nullable Instant end(GroupResource resource, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode grace = metadata.path("deletionGracePeriodSeconds");
        return resource.equals(PODS) && metadata.hasNonNull("deletionTimestamp") && grace.isNumber()
                ? Instant.parse(metadata.path("deletionTimestamp").asText())
                        .plusSeconds(grace.asLong())
                : null;
    }

    /** A pod that has ended takes nothing but its place in the list. */
    private static void addPod(Map<String, Quantity> usage, JsonNode pod, Instant now) {
        String phase = pod.path("status").path("phase").asText("");
        if (phase.equals("Succeeded") || phase.equals("Failed") || isOverdue(pod, now)) {
            return;
        }
        usage.put("pods", ONE);
        PodResources.total(pod.path("spec"), "requests")
                .forEach((name, amount) -> {
                    usage.put("requests." + name, amount);
                    if (COMPUTE.contains(name) || isHugePages(name)) {
                        usage.put(name, amount);
                    }
                });
        PodResources.total(pod.path("spec"), "limits")
                .forEach((name, amount) -> {
                    if (COMPUTE.contains(name)) {
                        usage.put("limits." + name, amount);
                    }
                });
    }

    /** Its node has not said so, but its time to end is over. */
    private static boolean isOverdue(JsonNode pod, Instant now) {
        Instant end = end(PODS, pod);
        return end != null && now.isAfter(end);
    }

    private static boolean isHugePages(String name) {
        return name.startsWith("hugepages-");
    }

    private static void addService(Map<String, Quantity> usage, JsonNode spec) {
        String type = spec.path("type").asText("");
        Quantity ports =
                new Quantity(
                        BigDecimal.valueOf(spec.path("ports").size()), Quantity.Format.DECIMAL);
        if (type.equals("NodePort")) {
            usage.put("services.nodeports", ports);
        } else if (type.equals("LoadBalancer")) {
            usage.put("services.loadbalancers", ONE);
            if (spec.path("allocateLoadBalancerNodePorts").asBoolean(true)) {
                usage.put("services.nodeports", ports);
            }
        }
    }

    private static void addClaim(Map<String, Quantity> usage, JsonNode spec) {
        Quantity size = Quantity.of(spec.path("resources").path("requests").path("storage"));
        usage.put("requests.storage", size);
        String name = spec.path("storageClassName").asText("");
        if (!name.isEmpty()) {
            String domain = name + STORAGE_CLASS;
            usage.put(domain + "requests.storage", size);
            usage.put(domain + "persistentvolumeclaims", ONE);
        }
    }

    /**
     * What containers must say and do not, as {@code limits.cpu for: web; memory for: web,log};
     * empty if nothing is missing.
     */
    public static String missing(JsonNode spec, Set<String> hard) {
        if (spec.path("resources").isObject() && !spec.path("resources").isEmpty()) {
            return "";
        }
        Map<String, TreeSet<String>> missing = new TreeMap<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                for (String name : DEMANDED) {
                    if (hard.contains(name) && !says(container, name)) {
                        missing.computeIfAbsent(name, _ -> new TreeSet<>())
                                .add(container.path("name").asText(""));
                    }
                }
            }
        }
        StringJoiner text = new StringJoiner("; ");
        missing.forEach(
                (name, containers) -> text.add(name + " for: " + String.join(",", containers)));
        return text.toString();
    }

    private static boolean says(JsonNode container, String name) {
        String list = name.startsWith("limits.") ? "limits" : "requests";
        String resource = name.substring(name.indexOf('.') + 1);
        JsonNode amount = container.path("resources").path(list).path(resource);
        return Quantity.of(amount).signum() > 0;
    }
}
