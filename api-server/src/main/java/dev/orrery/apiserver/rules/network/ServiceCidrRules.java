package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;

/** The rules of ServiceCIDR: one range, or one of each family, for good. */
public final class ServiceCidrRules implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field ranges = Field.of(object, errors).get("spec", "cidrs");
        int count = ranges.value().size();
        if (count == 0) {
            ranges.required("at least one CIDR required");
            return;
        }
        if (count > 2) {
            ranges.with(object.path("spec")).invalid("may only hold up to 2 values");
        }
        if (count == 2 && isV6(ranges.value().path(0)) == isV6(ranges.value().path(1))) {
            ranges.with(object.path("spec"))
                    .invalid("may specify no more than one IP for each IP family");
        }
        ranges.items().forEach(Addresses::validateRange);
    }

    private static boolean isV6(JsonNode range) {
        return range.asText("").contains(":");
    }

    /** A range of the other family may join. */
    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        JsonNode before = old.path("spec").path("cidrs");
        Field ranges = Field.of(object, errors).get("spec", "cidrs");
        boolean joined =
                before.size() == 1
                        && ranges.value().size() == 2
                        && before.path(0).equals(ranges.value().path(0));
        if (!joined) {
            ranges.unchanged(before);
        }
    }
}
