package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of a list by what tells them apart, in their order. Several may share an element. */
final class Items {

    private Items() {}

    /** Items that cannot be told apart are left out. */
    static Map<String, List<JsonNode>> of(@Nullable JsonNode list, ValueType type) {
        if (list == null || !list.isArray()) {
            return Map.of();
        }
        Map<String, List<JsonNode>> items = LinkedHashMap.newLinkedHashMap(list.size());
        for (JsonNode item : list) {
            String element = elementOrNull(item, type);
            if (element != null) {
                items.computeIfAbsent(element, _ -> new ArrayList<>(1)).add(item);
            }
        }
        return items;
    }

    static @Nullable String elementOrNull(JsonNode item, ValueType type) {
        try {
            return type.itemElement(item);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
