package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A service's addresses in the cluster and their families, which once given stay. */
final class ClusterIpRules {

    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES =
            List.of("PreferDualStack", "RequireDualStack", "SingleStack");

    private ClusterIpRules() {}

    static void validate(Field spec) {
        if (ServiceRules.isExternalName(spec)) {
            return;
        }
        Field all = spec.get("clusterIPs");
        String first = spec.get("clusterIP").text();
        if (first.isEmpty()) {
            if (!all.isEmpty()) {
                all.invalid("must be empty when `clusterIP` is not specified");
            }
        } else if (all.isEmpty()) {
            all.required("");
        } else if (!all.item(0).is(first)) {
            all.invalid("first value must match `clusterIP`");
        }
        validateFamilies(spec);
        spec.get("ipFamilyPolicy").oneOf(POLICIES);
        if (validateAddresses(all)) {
            validateTogether(spec, all);
        }
    }

    private static void validateFamilies(Field spec) {
        Set<String> seen = new HashSet<>();
        for (Field family : spec.get("ipFamilies").items()) {
            if (!FAMILIES.contains(family.text())) {
                family.notSupported(FAMILIES);
            }
            if (!seen.add(family.text())) {
                family.duplicate(family.text());
            }
        }
    }

    private static boolean validateAddresses(Field all) {
        boolean sound = true;
        int count = all.value().size();
        for (int i = 0; i < count; i++) {
            Field address = all.item(i);
            if (i == 0 && address.is("None")) {
                if (count > 1) {
                    sound = false;
                    all.invalid("'None' must be the first and only value");
                }
            } else if (!Addresses.isAddress(address.text())) {
                sound = false;
                Addresses.validate(address);
            }
        }
        if (count > 2) {
            all.invalid("may only hold up to 2 values");
        }
        return sound;
    }

    private static void validateTogether(Field spec, Field all) {
        int count = all.value().size();
        if (count == 2 && family(all, 0).equals(family(all, 1))) {
            all.invalid("may specify no more than one IP for each IP family");
        }
        if (ServiceRules.isHeadless(spec)) {
            return;
        }
        JsonNode families = spec.get("ipFamilies").value();
        for (int i = 0; i < Math.min(count, families.size()); i++) {
            String wanted = families.get(i).asText("");
            if (!family(all, i).equals(wanted)) {
                all.item(i)
                        .invalid(
                                "expected an "
                                        + wanted
                                        + " value as indicated by `ipFamilies["
                                        + i
                                        + "]`");
            }
        }
    }

    private static String family(Field all, int index) {
        return Addresses.isV6(all.item(index).text()) ? "IPv6" : "IPv4";
    }

    static void validateUpdate(Field spec, Field old) {
        boolean external = ServiceRules.isExternalName(spec) || ServiceRules.isExternalName(old);
        boolean headless = ServiceRules.isHeadless(spec) && ServiceRules.isHeadless(old);
        if (external || headless) {
            return;
        }
        validateKept(spec, old, "clusterIPs", "primary clusterIP can not be unset");
        if (ServiceRules.isHeadless(spec) == ServiceRules.isHeadless(old)) {
            validateKept(spec, old, "ipFamilies", "primary ipFamily can not be unset");
        }
    }

    private static void validateKept(Field spec, Field old, String field, String unset) {
        Field all = spec.get(field);
        JsonNode before = old.get(field).value();
        JsonNode now = all.value();
        if (before.isEmpty()) {
            return;
        }
        Object shown = all.exists() ? now : null;
        if (now.isEmpty()) {
            all.item(0).invalid(shown, unset);
            return;
        }
        int common = now.size() == before.size() ? now.size() : 1;
        for (int i = 0; i < common; i++) {
            if (!now.path(i).equals(before.path(i))) {
                all.item(i).invalid(shown, "may not change once set");
            }
        }
        if (now.size() < before.size() && !spec.get("ipFamilyPolicy").is("SingleStack")) {
            spec.get("ipFamilyPolicy")
                    .invalid(
                            "must be set to 'SingleStack' when releasing the secondary "
                                    + (field.equals("clusterIPs") ? "clusterIP" : "ipFamily"));
        }
    }
}
