package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.ResourceNames;
import dev.orrery.machinery.resource.Quantity;
import java.util.Map;

/** What a container requests and is limited to. */
final class ResourceRules {

    private ResourceRules() {}

    static void validate(Field resources, PodView pod) {
        if (resources.isEmpty()) {
            return;
        }
        Field limits = resources.get("limits");
        Field requests = resources.get("requests");
        for (Map.Entry<String, Field> limit : limits.entries()) {
            validateOne(limit.getKey(), limit.getValue());
        }
        for (Map.Entry<String, Field> request : requests.entries()) {
            validateOne(request.getKey(), request.getValue());
            compare(request.getKey(), requests, limits);
        }
        if (hasHugePages(resources) && !hasCpuOrMemory(resources)) {
            resources.forbidden("HugePages require cpu or memory");
        }
        validateClaims(resources.get("claims"), pod);
    }

    private static void validateOne(String name, Field quantity) {
        ResourceNames.validateForContainer(name, quantity);
        ResourceNames.validateQuantity(name, quantity);
    }

    private static void compare(String name, Field requests, Field limits) {
        JsonNode limit = limits.get(name).value();
        boolean overcommit = ResourceNames.mayOvercommit(name);
        if (limit.isMissingNode()) {
            if (!overcommit) {
                limits.required("Limit must be set for non overcommitable resources");
            }
            return;
        }
        Quantity most = Quantity.of(limit);
        Quantity wanted = Quantity.of(requests.get(name).value());
        int order = wanted.compareTo(most);
        if (order != 0 && !overcommit) {
            requests.invalid(wanted.toString(), "must be equal to " + limitOf(name, most));
        } else if (order > 0) {
            requests.invalid(
                    wanted.toString(), "must be less than or equal to " + limitOf(name, most));
        }
    }

    private static String limitOf(String name, Quantity limit) {
        return name + " limit of " + limit;
    }

    private static boolean hasHugePages(Field resources) {
        return names(resources, true);
    }

    private static boolean hasCpuOrMemory(Field resources) {
        return names(resources, false);
    }

    private static boolean names(Field resources, boolean hugePages) {
        for (JsonNode list : resources.value()) {
            for (Map.Entry<String, JsonNode> entry : list.properties()) {
                String name = entry.getKey();
                boolean huge = ResourceNames.isHugePages(name);
                if (hugePages ? huge : name.equals("cpu") || name.equals("memory")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void validateClaims(Field claims, PodView pod) {
        for (Field claim : claims.items()) {
            String name = claim.get("name").text();
            if (name.isEmpty()) {
                claim.required("");
            } else if (!pod.resourceClaims().contains(name)) {
                claim.notFound(name);
            }
        }
    }
}
