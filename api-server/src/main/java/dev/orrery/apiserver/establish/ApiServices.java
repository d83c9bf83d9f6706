package dev.orrery.apiserver.establish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.aggregation.Verdict;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.definition.Conditions;
import dev.orrery.apiserver.kind.Kinds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The APIServices that this server itself stands behind: one for each group and version that it
 * serves, with the priorities that Kubernetes gives them.
 */
final class ApiServices {

    static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";

    private static final String OWN_GROUP = "apiregistration.k8s.io";
    private static final int CUSTOM_GROUP_PRIORITY = 1000;
    private static final int CUSTOM_VERSION_PRIORITY = 100;

    private static final Map<String, Integer> GROUPS =
            Map.ofEntries(
                    Map.entry("", 18_000),
                    Map.entry("apps", 17_800),
                    Map.entry("events.k8s.io", 17_750),
                    Map.entry("authentication.k8s.io", 17_700),
                    Map.entry("authorization.k8s.io", 17_600),
                    Map.entry("autoscaling", 17_500),
                    Map.entry("batch", 17_400),
                    Map.entry("certificates.k8s.io", 17_300),
                    Map.entry("networking.k8s.io", 17_200),
                    Map.entry("policy", 17_100),
                    Map.entry("rbac.authorization.k8s.io", 17_000),
                    Map.entry("storage.k8s.io", 16_800),
                    Map.entry("apiextensions.k8s.io", 16_700),
                    Map.entry("admissionregistration.k8s.io", 16_700),
                    Map.entry("scheduling.k8s.io", 16_600),
                    Map.entry("coordination.k8s.io", 16_500),
                    Map.entry("node.k8s.io", 16_300),
                    Map.entry("discovery.k8s.io", 16_200),
                    Map.entry("flowcontrol.apiserver.k8s.io", 16_100),
                    Map.entry("resource.k8s.io", 15_900));

    private static final Map<String, Integer> VERSIONS =
            Map.of("/v1", 1, "autoscaling/v2", 30, "flowcontrol.apiserver.k8s.io/v1", 21);

    private ApiServices() {}

    /** A group and a version of it. */
    record GroupVersion(String group, String version) {

        String name() {
            return version + "." + group;
        }
    }

    /** Those that are served, by name. */
    static Map<String, GroupVersion> served(Kinds kinds) {
        Map<String, GroupVersion> served = new LinkedHashMap<>();
        for (String group : kinds.groups()) {
            if (!group.equals(OWN_GROUP)) {
                for (String version : kinds.versions(group)) {
                    GroupVersion one = new GroupVersion(group, version);
                    served.put(one.name(), one);
                }
            }
        }
        return served;
    }

    static ObjectNode of(GroupVersion served, Kinds kinds, Instant now) {
        boolean custom =
                kinds.of(served.group, served.version).stream()
                        .allMatch(kind -> kind.custom() != null);
        ObjectNode service =
                Trees.object().put("kind", "APIService").put("apiVersion", OWN_GROUP + "/v1");
        service.putObject("metadata")
                .put("name", served.name())
                .putObject("labels")
                .put(MANAGED, custom ? "true" : "onstart");
        ObjectNode spec = service.putObject("spec");
        if (!served.group.isEmpty()) {
            spec.put("group", served.group);
        }
        spec.put("version", served.version)
                .put(
                        "groupPriorityMinimum",
                        custom
                                ? CUSTOM_GROUP_PRIORITY
                                : GROUPS.getOrDefault(served.group, CUSTOM_GROUP_PRIORITY))
                .put("versionPriority", custom ? CUSTOM_VERSION_PRIORITY : priority(served));
        setLocal(service, now);
        return service;
    }

    private static int priority(GroupVersion served) {
        return VERSIONS.getOrDefault(served.group + "/" + served.version, 15);
    }

    private static void setLocal(ObjectNode service, Instant now) {
        Conditions.set(
                service,
                "Available",
                "True",
                "Local",
                "Local APIServices are always available",
                now);
    }

    /**
     * Changes the status of an APIService that somebody made, and that this server stands behind.
     */
    static void judge(ObjectNode service, Instant now) {
        if (!service.path("spec").path("service").isObject()) {
            setLocal(service, now);
        }
    }

    /** Changes the status of one that another server stands behind. */
    static void setAvailable(ObjectNode service, Verdict verdict, Instant now) {
        if (service.path("spec").path("service").isObject()) {
            Conditions.set(
                    service,
                    "Available",
                    verdict.available() ? "True" : "False",
                    verdict.reason(),
                    verdict.message(),
                    now);
        }
    }
}
