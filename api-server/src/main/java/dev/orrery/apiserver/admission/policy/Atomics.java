package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.schema.Field;
import dev.orrery.schema.Merging;
import dev.orrery.schema.Merging.Topology;
import dev.orrery.schema.Shape;
import dev.orrery.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what a configuration would have to replace as a whole, as Kubernetes does not let it. */
final class Atomics {

    private Atomics() {}

    /** Their places, {@code .spec.template.spec.containers[0].args}. */
    static List<String> in(JsonNode configuration, StructType type) {
        List<String> places = new ArrayList<>();
        addFields(configuration, type, "", places);
        return places;
    }

    private static void addFields(
            JsonNode object, StructType type, String place, List<String> places) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = type.field(entry.getKey());
            if (field != null) {
                String at = place + "." + entry.getKey();
                add(entry.getValue(), field.shape(), field.merging(), at, places);
            }
        }
    }

    private static void add(
            JsonNode value, Shape shape, Merging merging, String place, List<String> places) {
        boolean whole = merging.topology() == Topology.ATOMIC;
        switch (shape.kind()) {
            case STRUCT -> {
                if (value.isObject() && (whole || shape.struct().atomic())) {
                    places.add(place);
                }
                addFields(value, shape.struct(), place, places);
            }
            case MAP -> {
                if (value.isObject() && whole) {
                    places.add(place);
                }
            }
            case LIST -> addItems(value, shape, merging, place, places);
            default -> {}
        }
    }

    private static void addItems(
            JsonNode list, Shape shape, Merging merging, String place, List<String> places) {
        if (!list.isArray()) {
            return;
        }
        Topology topology = merging.topology();
        if (topology != Topology.MAP && topology != Topology.SET) {
            places.add(place);
        }
        for (int i = 0; i < list.size(); i++) {
            add(list.get(i), shape.element(), Merging.DEFAULT, place + "[" + i + "]", places);
        }
    }
}
