package dev.orrery.apiserver.rules;

import dev.orrery.machinery.resource.Quantity;
import java.util.Set;

/** Names of compute resources and of what a quota counts. */
public final class ResourceNames {

    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> QUOTA =
            Set.of(
                    "cpu",
                    "memory",
                    "ephemeral-storage",
                    "requests.cpu",
                    "requests.memory",
                    "requests.storage",
                    "requests.ephemeral-storage",
                    "limits.cpu",
                    "limits.memory",
                    "limits.ephemeral-storage",
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "persistentvolumeclaims",
                    "configmaps",
                    "services.nodeports",
                    "services.loadbalancers");
    private static final Set<String> COUNTED =
            Set.of(
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "services.nodeports",
                    "services.loadbalancers");

    private ResourceNames() {}

    public static boolean isHugePages(String name) {
        return name.startsWith("hugepages-");
    }

    /** A device or the like: a name with a domain that is not Kubernetes' own. */
    public static boolean isExtended(String name) {
        return !isNative(name) && !name.startsWith("requests.");
    }

    private static boolean isNative(String name) {
        return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
    }

    /** Whether more of it may be limited than requested. */
    public static boolean mayOvercommit(String name) {
        return isNative(name) && !isHugePages(name);
    }

    private static boolean isWhole(String name) {
        return COUNTED.contains(name) || !isNative(name);
    }

    private static boolean isStandard(String name) {
        return CONTAINER.contains(name)
                || QUOTA.contains(name)
                || name.equals("storage")
                || isHugePages(name)
                || name.startsWith("requests.hugepages-");
    }

    /** A resource of any kind, as in the capacity of a volume. */
    public static void validate(String name, Field place) {
        var faults = Labels.keyFaults(name);
        faults.forEach(fault -> place.invalid(name, fault));
        if (faults.isEmpty() && name.indexOf('/') < 0 && !isStandard(name)) {
            place.invalid(name, "must be a standard resource type or fully qualified");
        }
    }

    public static void validateForContainer(String name, Field place) {
        if (CONTAINER.contains(name)) {
            return;
        }
        validate(name, place);
        if (name.indexOf('/') < 0) {
            if (!isHugePages(name)) {
                place.invalid(name, "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            place.invalid(name, "doesn't follow extended resource name standard");
        }
    }

    public static void validateForQuota(String name, Field place) {
        validate(name, place);
        boolean counted = QUOTA.contains(name) || name.startsWith("requests.hugepages-");
        if (name.indexOf('/') < 0 && !counted && !isHugePages(name)) {
            place.invalid(name, "must be a standard resource for quota");
        }
    }

    /** Not negative, and whole where there is no half of it. */
    public static void validateQuantity(String name, Field quantity) {
        boolean whole = isWhole(name);
        if (!whole && quantity.value().isTextual() && !quantity.text().startsWith("-")) {
            return;
        }
        Quantity amount = Quantity.of(quantity.value());
        if (amount.signum() < 0) {
            quantity.invalid(amount.toString(), "must be greater than or equal to 0");
        }
        if (whole && !amount.isWhole()) {
            quantity.invalid(amount.toString(), "must be an integer");
        }
    }
}
