package dev.orrery.apiserver.quota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.resource.Quantity;
import dev.orrery.machinery.resource.QuotaScope;
import java.util.HashMap;
import java.util.Map;

/**
 * One quota.
 *
 * @param scope which objects it is about
 * @param hard the most that there may be of each
 */
public record Quota(String name, QuotaScope scope, Map<String, Quantity> hard) {

    public Quota {
        hard = Map.copyOf(hard);
    }

    static Quota of(String name, JsonNode spec) {
        Map<String, Quantity> hard = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : spec.path("hard").properties()) {
            hard.put(entry.getKey(), Quantity.of(entry.getValue()));
        }
        return new Quota(name, new QuotaScope(spec), hard);
    }
}
