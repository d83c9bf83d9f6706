package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.schema.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One walk through two versions of an object at once. A struct's fields that Go always writes are
 * there though the tree lacks them, as far as the struct is there. Used once.
 */
final class Comparing {

    private final FieldPath path = new FieldPath();
    private final FieldSet removed = FieldSet.growing();
    private final FieldSet modified = FieldSet.growing();
    private final FieldSet added = FieldSet.growing();

    Comparison compare(JsonNode before, JsonNode after, ValueType type, FieldSet ignored) {
        members(before, after, type, ignored);
        return new Comparison(removed, modified, added);
    }

    private void value(
            @Nullable JsonNode before, @Nullable JsonNode after, ValueType type, FieldSet ignored) {
        if (before == null && after == null) {
            return;
        }
        boolean empty = Values.isEmpty(before) && Values.isEmpty(after);
        if (empty || type.isWhole() || isUntypedLeaf(before, after, type)) {
            leaf(before, after);
            return;
        }
        if (type.form() == ValueType.Form.LIST) {
            items(before, after, type);
        } else {
            members(before, after, type, ignored);
        }
        if (before == null) {
            path.addTo(added);
        } else if (after == null) {
            path.addTo(removed);
        }
    }

    private static boolean isUntypedLeaf(
            @Nullable JsonNode before, @Nullable JsonNode after, ValueType type) {
        return type.form() == ValueType.Form.UNTYPED
                && ((before != null && !before.isObject()) || (after != null && !after.isObject()));
    }

    private void leaf(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            path.addTo(added);
        } else if (after == null) {
            path.addTo(removed);
        } else if (!Values.same(before, after)) {
            path.addTo(modified);
        }
    }

    private void members(
            @Nullable JsonNode before, @Nullable JsonNode after, ValueType type, FieldSet ignored) {
        if (after != null) {
            for (Map.Entry<String, JsonNode> field : after.properties()) {
                String name = field.getKey();
                JsonNode other = before == null ? null : before.get(name);
                if (other == null && before != null) {
                    other = type.implied(name);
                }
                member(name, other, field.getValue(), type, ignored);
            }
        }
        if (before != null) {
            for (Map.Entry<String, JsonNode> field : before.properties()) {
                String name = field.getKey();
                if (after == null || !after.has(name)) {
                    JsonNode other = after == null ? null : type.implied(name);
                    member(name, field.getValue(), other, type, ignored);
                }
            }
        }
        if (type.struct() != null && (before == null) != (after == null)) {
            implied(before, after, type);
        }
    }

    private void member(
            String name,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            ValueType type,
            FieldSet ignored) {
        if (before != null && before.equals(after)) {
            return;
        }
        FieldSet below = ignored.isEmpty() ? ignored : ignored.child(Element.field(name));
        ValueType child = below.isMember() ? null : type.member(name);
        if (child != null) {
            path.field(name);
            value(before, after, child, below);
            path.pop();
        }
    }

    /** A struct comes or goes, and with it what it always has. */
    private void implied(@Nullable JsonNode before, @Nullable JsonNode after, ValueType type) {
        JsonNode there = before == null ? after : before;
        for (Field field : type.struct() == null ? List.<Field>of() : type.struct().fields()) {
            JsonNode zero = there == null || there.has(field.name()) ? null : implied(field, type);
            if (zero != null) {
                member(
                        field.name(),
                        before == null ? null : zero,
                        after == null ? null : zero,
                        type,
                        FieldSet.EMPTY);
            }
        }
    }

    private static @Nullable JsonNode implied(Field field, ValueType type) {
        return type.implied(field.name());
    }

    private void items(@Nullable JsonNode before, @Nullable JsonNode after, ValueType type) {
        Map<String, List<JsonNode>> old = Items.of(before, type);
        Map<String, List<JsonNode>> now = Items.of(after, type);
        ValueType item = type.item();
        old.forEach((element, items) ->
                items(element, items, now.getOrDefault(element, List.of()), item));
        now.forEach((element, items) -> {
            if (!old.containsKey(element)) {
                items(element, List.of(), items, item);
            }
        });
    }

    /** Items that share an element are as one whole. */
    private void items(String element, List<JsonNode> old, List<JsonNode> now, ValueType type) {
        path.item(element);
        if (old.size() <= 1 && now.size() <= 1) {
            value(only(old), only(now), type, FieldSet.EMPTY);
        } else if (old.size() > 1 && now.size() > 1) {
            if (!old.equals(now)) {
                path.addTo(modified);
            }
        } else if (old.size() > 1) {
            value(null, only(now), type, FieldSet.EMPTY);
            path.addTo(removed);
        } else {
            value(only(old), null, type, FieldSet.EMPTY);
            path.addTo(added);
        }
        path.pop();
    }

    private static @Nullable JsonNode only(List<JsonNode> items) {
        return items.isEmpty() ? null : items.getFirst();
    }
}
