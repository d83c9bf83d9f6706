package dev.orrery.schema.build;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.orrery.schema.build.JavaModels.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a JSON object lie in its message: its own, and those of the messages that Go
 * holds inline, which JSON does not tell apart.
 */
record Layout(Map<String, FieldDescriptor> own, Map<Integer, Layout> inlined) {

    static Layout of(@Nullable Descriptor message, List<Property> properties) {
        Layout layout = new Layout(new HashMap<>(), new LinkedHashMap<>());
        if (message == null) {
            return layout;
        }
        List<Property> elsewhere = new ArrayList<>();
        for (Property property : properties) {
            FieldDescriptor field = ProtoModel.field(message, property.name());
            if (field == null) {
                elsewhere.add(property);
            } else {
                layout.own.put(property.name(), field);
            }
        }
        layout.addInlined(message, elsewhere);
        return layout;
    }

    private void addInlined(Descriptor message, List<Property> elsewhere) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getType() == FieldDescriptor.Type.MESSAGE && !own.containsValue(field)) {
                Layout inner = of(field.getMessageType(), elsewhere);
                // Else the protobuf library is newer than the classes.
                if (!inner.own.isEmpty()) {
                    inlined.put(field.getNumber(), inner);
                }
            }
        }
    }

    /** In this message or one that is inlined. */
    @Nullable FieldDescriptor find(String jsonName) {
        FieldDescriptor field = own.get(jsonName);
        for (Layout inner : inlined.values()) {
            if (field == null) {
                field = inner.find(jsonName);
            }
        }
        return field;
    }

    /** In this message; 0 where it lies in an inlined one or nowhere. */
    int number(String jsonName) {
        FieldDescriptor field = own.get(jsonName);
        return field == null ? 0 : field.getNumber();
    }
}
