package dev.orrery.machinery.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A pod's class of service, from what its containers request and are limited to of cpu and memory:
 * Guaranteed if every container is limited in both and requests exactly that, BestEffort if none
 * says anything, else Burstable.
 */
public final class QualityOfService {

    private static final List<String> COMPUTE = List.of("cpu", "memory");

    private QualityOfService() {}

    public static String of(JsonNode spec) {
        if (!spec.path("resources").isEmpty()) {
            return classify(isGuaranteed(spec), isMentioned(spec));
        }
        boolean guaranteed = true;
        boolean mentioned = false;
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                guaranteed &= isGuaranteed(container);
                mentioned |= isMentioned(container);
            }
        }
        return classify(guaranteed, mentioned);
    }

    private static String classify(boolean guaranteed, boolean mentioned) {
        if (!mentioned) {
            return "BestEffort";
        }
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    private static boolean isMentioned(JsonNode holder) {
        for (String resource : COMPUTE) {
            for (String list : List.of("requests", "limits")) {
                JsonNode amount = holder.path("resources").path(list).path(resource);
                if (!amount.isMissingNode() && Quantity.of(amount).signum() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isGuaranteed(JsonNode holder) {
        JsonNode resources = holder.path("resources");
        for (String resource : COMPUTE) {
            JsonNode limit = resources.path("limits").path(resource);
            JsonNode request = resources.path("requests").path(resource);
            if (limit.isMissingNode() || Quantity.of(limit).signum() <= 0) {
                return false;
            }
            if (!request.isMissingNode() && !Quantity.of(request).equals(Quantity.of(limit))) {
                return false;
            }
        }
        return true;
    }
}
