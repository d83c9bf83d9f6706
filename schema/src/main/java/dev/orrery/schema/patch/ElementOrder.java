package dev.orrery.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of a merged list's items: those that the client named in the client's order, the others
 * in the order they had, and between the two the order they had as far as it goes.
 *
 * <p>Wanted [c, a], before [a, b, c, d], merged {a, b, c, d}: c a, with b before c and d last: b c
 * a d.
 *
 * @param key of objects; empty for scalars
 */
record ElementOrder(String key, Map<JsonNode, Integer> wanted, Map<JsonNode, Integer> before) {

    ElementOrder(String key, ArrayNode wanted, ArrayNode before) throws PatchException {
        this(key, positions(wanted, key), positions(before, key));
    }

    private static Map<JsonNode, Integer> positions(ArrayNode list, String key)
            throws PatchException {
        Map<JsonNode, Integer> positions = HashMap.newHashMap(list.size());
        for (JsonNode item : list) {
            positions.putIfAbsent(identity(item, key), positions.size());
        }
        return positions;
    }

    static JsonNode identity(JsonNode item, String key) throws PatchException {
        if (key.isEmpty()) {
            return item;
        }
        JsonNode id = item.get(key);
        if (id == null) {
            throw PatchException.unknown(
                    "map: " + GoPrint.of(item) + " does not contain declared merge key: " + key);
        }
        return id;
    }

    private record Item(JsonNode id, JsonNode value) {}

    ArrayNode arrange(ArrayNode merged) throws PatchException {
        List<Item> named = new ArrayList<>();
        List<Item> others = new ArrayList<>();
        for (JsonNode value : merged) {
            Item item = new Item(identity(value, key), value);
            (wanted.containsKey(item.id) ? named : others).add(item);
        }
        named.sort(Comparator.comparing(item -> wanted.getOrDefault(item.id, 0)));
        others.sort(Comparator.comparing(item -> before.getOrDefault(item.id, Integer.MAX_VALUE)));
        return interleave(others, named);
    }

    private ArrayNode interleave(List<Item> others, List<Item> named) {
        ArrayNode arranged = JsonNodeFactory.instance.arrayNode();
        int other = 0;
        for (Item item : named) {
            while (other < others.size() && wasBefore(others.get(other), item)) {
                arranged.add(others.get(other++).value);
            }
            arranged.add(item.value);
        }
        while (other < others.size()) {
            arranged.add(others.get(other++).value);
        }
        return arranged;
    }

    private boolean wasBefore(Item left, Item right) {
        Integer leftAt = before.get(left.id);
        Integer rightAt = before.get(right.id);
        return leftAt != null && rightAt != null && leftAt < rightAt;
    }
}
