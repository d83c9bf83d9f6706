package dev.orrery.apiserver.rules.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Quantities;
import dev.orrery.apiserver.rules.ResourceNames;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.rules.pod.TolerationRules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of Node. What is not reserved of its capacity is allocatable. */
public final class NodeRules implements Rules {

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode status = Defaults.existing(object, "status");
        if (status == null) {
            return;
        }
        Quantities.canonicalizeAll(status.path("capacity"));
        Quantities.canonicalizeAll(status.path("allocatable"));
        if (Defaults.isAbsent(status, "allocatable") && !status.path("capacity").isEmpty()) {
            status.set("allocatable", status.path("capacity").deepCopy());
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field node = Field.of(object, errors);
        TolerationRules.validateTaints(
                node.get("metadata", "taints").with(object.path("spec").path("taints")));
        validateResources(node);
        Field ranges = node.get("spec", "podCIDRs");
        ranges.items().forEach(Addresses::validateRange);
        Set<String> seen = new HashSet<>();
        for (Field range : ranges.items()) {
            if (!seen.add(range.text())) {
                range.duplicate(range.text());
            }
        }
    }

    private static void validateResources(Field node) {
        for (String list : List.of("capacity", "allocatable")) {
            Field resources = node.get("status", list);
            for (Map.Entry<String, Field> entry : resources.entries()) {
                ResourceNames.validateQuantity(entry.getKey(), resources.get(entry.getKey()));
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        JsonNode before = old.path("spec");
        JsonNode ranges = before.path("podCIDRs");
        if (!ranges.isEmpty() && !Same.same(ranges, spec.get("podCIDRs").value())) {
            spec.get("podCIDRs")
                    .forbidden("node updates may not change podCIDR except from \"\" to valid");
        }
        String provider = before.path("providerID").asText("");
        if (!provider.isEmpty() && !spec.get("providerID").is(provider)) {
            spec.get("providerID")
                    .forbidden("node updates may not change providerID except from \"\" to valid");
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field node = Field.of(object, errors);
        validateResources(node);
        Set<JsonNode> seen = new HashSet<>();
        for (Field address : node.get("status", "addresses").items()) {
            if (!seen.add(address.value())) {
                address.duplicate(address.value());
            }
        }
    }
}
