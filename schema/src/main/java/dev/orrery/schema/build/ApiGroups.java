package dev.orrery.schema.build;

import java.util.Map;

/** How the packages of types and the names of API groups belong together. */
final class ApiGroups {

    private static final Map<String, String> GROUPS =
            Map.ofEntries(
                    Map.entry("core", ""),
                    Map.entry("admissionregistration", "admissionregistration.k8s.io"),
                    Map.entry("apiextensions", "apiextensions.k8s.io"),
                    Map.entry("apiregistration", "apiregistration.k8s.io"),
                    Map.entry("apps", "apps"),
                    Map.entry("authentication", "authentication.k8s.io"),
                    Map.entry("authorization", "authorization.k8s.io"),
                    Map.entry("autoscaling", "autoscaling"),
                    Map.entry("batch", "batch"),
                    Map.entry("certificates", "certificates.k8s.io"),
                    Map.entry("coordination", "coordination.k8s.io"),
                    Map.entry("discovery", "discovery.k8s.io"),
                    Map.entry("events", "events.k8s.io"),
                    Map.entry("flowcontrol", "flowcontrol.apiserver.k8s.io"),
                    Map.entry("networking", "networking.k8s.io"),
                    Map.entry("node", "node.k8s.io"),
                    Map.entry("policy", "policy"),
                    Map.entry("rbac", "rbac.authorization.k8s.io"),
                    Map.entry("resource", "resource.k8s.io"),
                    Map.entry("scheduling", "scheduling.k8s.io"),
                    Map.entry("storage", "storage.k8s.io"));

    private ApiGroups() {}

    /** The group whose types lie in that package; throws for packages that are no group's. */
    static String groupOf(String typeName) {
        String group = GROUPS.get(segment(typeName, 3));
        if (group == null) {
            throw new IllegalStateException("no API group for " + typeName);
        }
        return group;
    }

    /** Whether the type is one of those that all groups share. */
    static boolean isMeta(String typeName) {
        return segment(typeName, 3).equals("meta");
    }

    static String versionOf(String typeName) {
        return segment(typeName, 2);
    }

    /** As in {@code go-types.txt}: {@code apps/v1 DeploymentSpec}. */
    static String shortName(String typeName) {
        return segment(typeName, 3) + "/" + segment(typeName, 2) + " " + segment(typeName, 1);
    }

    private static String segment(String typeName, int fromEnd) {
        String[] segments = typeName.split("\\.");
        return segments[segments.length - fromEnd];
    }
}
