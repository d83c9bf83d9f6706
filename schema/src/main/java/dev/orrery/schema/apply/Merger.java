package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.schema.StructType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what a client applies over what there is. Never changes either; the result shares parts. */
public final class Merger {

    private Merger() {}

    public static ObjectNode merge(ObjectNode live, ObjectNode applied, StructType type) {
        JsonNode merged = value(live, applied, ValueType.of(type));
        return merged instanceof ObjectNode object ? object : live.objectNode();
    }

    private static @Nullable JsonNode value(
            @Nullable JsonNode live, @Nullable JsonNode applied, ValueType type) {
        boolean empty = Values.isEmpty(live) && Values.isEmpty(applied);
        if (empty || type.isWhole() || isUntypedLeaf(live, applied, type)) {
            return applied == null ? live : applied;
        }
        return type.form() == ValueType.Form.LIST
                ? items(live, applied, type)
                : members(live, applied, type);
    }

    private static boolean isUntypedLeaf(
            @Nullable JsonNode live, @Nullable JsonNode applied, ValueType type) {
        JsonNode decides = applied == null ? live : applied;
        return type.form() == ValueType.Form.UNTYPED && decides != null && !decides.isObject();
    }

    private static @Nullable JsonNode members(
            @Nullable JsonNode live, @Nullable JsonNode applied, ValueType type) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        if (live != null) {
            for (Map.Entry<String, JsonNode> field : live.properties()) {
                JsonNode other = applied == null ? null : applied.get(field.getKey());
                put(merged, field.getKey(), field.getValue(), other, type);
            }
        }
        if (applied != null) {
            for (Map.Entry<String, JsonNode> field : applied.properties()) {
                if (live == null || !live.has(field.getKey())) {
                    put(merged, field.getKey(), null, field.getValue(), type);
                }
            }
        }
        return merged.isEmpty() ? null : merged;
    }

    private static void put(
            ObjectNode merged,
            String name,
            @Nullable JsonNode live,
            @Nullable JsonNode applied,
            ValueType type) {
        ValueType child = type.member(name);
        JsonNode value = child == null ? live : value(live, applied, child);
        if (value != null) {
            merged.set(name, value);
        }
    }

    private static @Nullable JsonNode items(
            @Nullable JsonNode live, @Nullable JsonNode applied, ValueType type) {
        JsonNode merged = new ListMerger(live, applied, type).merge();
        return merged.isEmpty() ? null : merged;
    }

    /**
     * Items in the applied order; those that only the live list has stay behind the one that they
     * were behind. Live {@code a b c}, applied {@code c d a}: {@code b c d a}.
     */
    private static final class ListMerger {

        private final ValueType type;
        private final ValueType itemType;
        private final Map<String, List<JsonNode>> live;
        private final Map<String, List<JsonNode>> applied;
        private final List<Map.Entry<String, JsonNode>> left = new ArrayList<>();
        private final List<String> right;
        private final Deque<String> shared = new ArrayDeque<>();
        private final Set<String> done = new HashSet<>();
        private final ArrayNode out = JsonNodeFactory.instance.arrayNode();
        private int l;
        private int r;

        ListMerger(@Nullable JsonNode live, @Nullable JsonNode applied, ValueType type) {
            this.type = type;
            this.itemType = type.item();
            this.live = Items.of(live, type);
            this.applied = Items.of(applied, type);
            this.right = List.copyOf(this.applied.keySet());
            for (JsonNode item : live == null ? JsonNodeFactory.instance.arrayNode() : live) {
                String element = Items.elementOrNull(item, this.type);
                if (element != null) {
                    left.add(Map.entry(element, item));
                }
            }
            right.stream().filter(this.live::containsKey).forEach(shared::add);
        }

        ArrayNode merge() {
            while (l < left.size() || r < right.size()) {
                if (!both() && !leftOnly() && r < right.size()) {
                    take(right.get(r++));
                }
            }
            return out;
        }

        /** The same item is next on both sides, or one that comes later in the applied order. */
        private boolean both() {
            if (l == left.size() || r == right.size()) {
                return false;
            }
            String element = left.get(l).getKey();
            if (element.equals(right.get(r))) {
                l++;
                r++;
                take(element);
                return true;
            }
            boolean notYet = applied.containsKey(element) && !element.equals(shared.peek());
            if (notYet && !shared.isEmpty()) {
                l++;
                return true;
            }
            return false;
        }

        private boolean leftOnly() {
            if (l == left.size()) {
                return false;
            }
            Map.Entry<String, JsonNode> next = left.get(l);
            if (!applied.containsKey(next.getKey())) {
                add(value(next.getValue(), null, itemType));
                l++;
                return true;
            }
            if (done.contains(next.getKey())) {
                l++;
            }
            return false;
        }

        private void take(String element) {
            done.add(element);
            add(value(single(live, element), single(applied, element), itemType));
            if (element.equals(shared.peek())) {
                shared.poll();
            }
        }

        private void add(@Nullable JsonNode item) {
            if (item != null) {
                out.add(item);
            }
        }

        /** Items that share an element are not merged with, but replaced. */
        private static @Nullable JsonNode single(
                Map<String, List<JsonNode>> items, String element) {
            List<JsonNode> some = items.getOrDefault(element, List.of());
            return switch (some.size()) {
                case 0 -> null;
                case 1 -> some.getFirst();
                default -> NullNode.instance;
            };
        }
    }
}
