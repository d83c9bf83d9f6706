package dev.orrery.schema.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.schema.StructType;
import java.util.List;
import java.util.Map;

/** One walk through what a client applies: the fields that it names, and so owns. Used once. */
public final class OwnedFields {

    private final FieldPath path = new FieldPath();
    private final FieldSet owned = FieldSet.growing();

    private OwnedFields() {}

    public static FieldSet of(JsonNode object, StructType type) {
        OwnedFields fields = new OwnedFields();
        fields.members(object, ValueType.of(type));
        return fields.owned;
    }

    private void value(JsonNode value, ValueType type) {
        switch (type.form()) {
            case STRUCT, MAP -> members(value, type);
            case LIST -> items(value, type);
            case UNTYPED -> {
                if (value.isObject()) {
                    members(value, type);
                } else {
                    path.addTo(owned);
                }
            }
            default -> path.addTo(owned);
        }
    }

    private void members(JsonNode object, ValueType type) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            ValueType child = type.member(field.getKey());
            if (child == null) {
                continue;
            }
            path.field(field.getKey());
            value(value, child);
            boolean nothing = value.isNull() || (value.isObject() && value.isEmpty());
            if (nothing || !type.declares(field.getKey())) {
                path.addTo(owned);
            }
            path.pop();
        }
    }

    private void items(JsonNode list, ValueType type) {
        ValueType item = type.item();
        Map<String, List<JsonNode>> items = Items.of(list, type);
        items.forEach((element, some) -> {
            path.item(element);
            if (some.size() == 1) {
                value(some.getFirst(), item);
            }
            path.addTo(owned);
            path.pop();
        });
    }
}
