package dev.orrery.apiserver.rules.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Quantities;
import dev.orrery.apiserver.rules.ResourceNames;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.machinery.resource.Quantity;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of LimitRange: its limits must leave something to choose. */
public final class LimitRangeRules implements Rules {

    private static final List<String> LISTS =
            List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");
    private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");

    @Override
    public void setDefaults(ObjectNode object) {
        for (ObjectNode limit : Defaults.objects(object.path("spec"), "limits")) {
            LISTS.forEach(list -> Quantities.canonicalizeAll(limit.path(list)));
            if (limit.path("type").asText("").equals("Container")) {
                fill(limit, "default", limit.path("max"));
                fill(limit, "defaultRequest", limit.path("default"));
                fill(limit, "defaultRequest", limit.path("min"));
            }
        }
    }

    private static void fill(ObjectNode limit, String name, JsonNode from) {
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            ObjectNode list = Defaults.object(limit, name);
            if (Defaults.isAbsent(list, entry.getKey())) {
                list.set(entry.getKey(), entry.getValue());
            }
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        for (Field limit : Field.of(object, errors).get("spec", "limits").items()) {
            Field type = limit.get("type");
            validateType(type);
            if (!types.add(type.text())) {
                type.duplicate(type.text());
            }
            Set<String> names = validateLists(limit, type.text());
            names.forEach(name -> compare(limit, name));
        }
    }

    private static void validateType(Field type) {
        List<String> faults = Labels.keyFaults(type.text());
        faults.forEach(fault -> type.invalid(type.text(), fault));
        if (faults.isEmpty() && type.text().indexOf('/') < 0 && !TYPES.contains(type.text())) {
            type.invalid("must be a standard limit type or fully qualified");
        }
    }

    private static Set<String> validateLists(Field limit, String type) {
        Set<String> names = new HashSet<>();
        for (String list : LISTS) {
            Field quantities = limit.get(list);
            if (type.equals("Pod") && list.startsWith("default")) {
                if (!quantities.isEmpty()) {
                    quantities.forbidden("may not be specified when `type` is 'Pod'");
                }
                continue;
            }
            for (Map.Entry<String, Field> entry : quantities.entries()) {
                names.add(entry.getKey());
                if (type.equals("Pod") || type.equals("Container")) {
                    ResourceNames.validateForContainer(entry.getKey(), entry.getValue());
                } else {
                    ResourceNames.validate(entry.getKey(), entry.getValue());
                }
            }
        }
        boolean sized =
                limit.get("min", "storage").exists() || limit.get("max", "storage").exists();
        if (type.equals("PersistentVolumeClaim") && !sized) {
            limit.get("limits")
                    .required(
                            "either minimum or maximum storage value is required, but neither was"
                                    + " provided");
        }
        return names;
    }

    private static @Nullable Quantity quantity(Field limit, String list, String name) {
        Field value = limit.get(list).get(name);
        return value.exists() ? Quantity.of(value.value()) : null;
    }

    private static void compare(Field limit, String name) {
        Field request = limit.get("defaultRequest").key(name);
        Field most = limit.get("default").key(name);
        requireOrder(
                limit,
                name,
                "min",
                "max",
                limit.get("min").key(name),
                "min value %s is greater than max value %s");
        requireOrder(
                limit,
                name,
                "min",
                "defaultRequest",
                request,
                "min value %s is greater than default request value %s");
        requireOrder(
                limit,
                name,
                "defaultRequest",
                "max",
                request,
                "default request value %s is greater than max value %s");
        requireOrder(
                limit,
                name,
                "defaultRequest",
                "default",
                request,
                "default request value %s is greater than default limit value %s");
        requireOrder(
                limit,
                name,
                "min",
                "default",
                most.with(limit.get("min").get(name).value()),
                "min value %s is greater than default value %s");
        requireOrder(
                limit,
                name,
                "default",
                "max",
                most.with(limit.get("max").get(name).value()),
                "default value %s is greater than max value %s");
        Quantity ratio = quantity(limit, "maxLimitRequestRatio", name);
        if (ratio != null && ratio.amount().compareTo(BigDecimal.ONE) < 0) {
            limit.get("maxLimitRequestRatio")
                    .key(name)
                    .invalid("ratio " + ratio + " is less than 1");
        }
    }

    private static void requireOrder(
            Field limit, String name, String small, String great, Field place, String message) {
        Quantity low = quantity(limit, small, name);
        Quantity high = quantity(limit, great, name);
        if (low != null && high != null && low.compareTo(high) > 0) {
            place.invalid(
                    message.replaceFirst("%s", low.toString()).replaceFirst("%s", high.toString()));
        }
    }
}
