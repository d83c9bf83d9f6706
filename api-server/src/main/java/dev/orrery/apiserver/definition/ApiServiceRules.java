package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/**
 * The rules of APIService.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/api-service-v1/">
 *     APIService</a>
 */
public final class ApiServiceRules implements Rules {

    private static final String LOCAL = "local APIServices may not have";

    @Override
    public void setDefaults(ObjectNode object) {
        if (object.path("spec").path("service") instanceof ObjectNode service
                && !service.has("port")) {
            service.put("port", 443);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field service = Field.of(object, errors);
        Field spec = service.get("spec");
        String wanted = spec.get("version").text() + "." + spec.get("group").text();
        String name = service.get("metadata", "name").text();
        if (!name.equals(wanted)) {
            errors.invalid(
                    FieldPath.METADATA.child("name"),
                    name,
                    "must be `spec.version+\".\"+spec.group`: \"" + wanted + "\"");
        }
        group(spec.get("group"));
        version(spec);
        between(spec.get("groupPriorityMinimum"), 20_000);
        between(spec.get("versionPriority"), 1000);
        target(spec);
        for (Field condition : service.get("status", "conditions").items()) {
            condition.get("status").requireOneOf(List.of("True", "False", "Unknown"));
        }
    }

    private static void group(Field group) {
        List<String> faults = group.isEmpty() ? List.of() : Names.dnsSubdomain(group.text());
        if (!faults.isEmpty()) {
            group.invalid(String.join(",", faults));
        }
    }

    private static void version(Field spec) {
        Field version = spec.get("version");
        if (!version.require("")) {
            return;
        }
        List<String> faults = Names.dns1035Label(version.text());
        if (!faults.isEmpty()) {
            version.invalid(String.join(",", faults));
        }
    }

    private static void between(Field priority, long most) {
        long value = priority.number(0);
        if (value <= 0 || value > most) {
            priority.invalid(value, "must be positive and less than " + grouped(most));
        }
    }

    private static String grouped(long most) {
        return most >= 20_000 ? "20000" : "1000";
    }

    private static void target(Field spec) {
        Field service = spec.get("service");
        Field bundle = spec.get("caBundle");
        Field skips = spec.get("insecureSkipTLSVerify");
        if (!service.exists()) {
            if (!bundle.isEmpty()) {
                bundle.invalid(bundle.text(), LOCAL + " a caBundle");
            }
            if (skips.isTrue()) {
                skips.invalid(LOCAL + " insecureSkipTLSVerify");
            }
            return;
        }
        service.get("namespace").require("");
        service.get("name").require("");
        long port = service.get("port").number(0);
        if (port < 1 || port > 65_535) {
            service.get("port")
                    .invalid(port, "port is not valid: must be between 1 and 65535, inclusive");
        }
        if (skips.isTrue() && !bundle.isEmpty()) {
            skips.invalid("may not be true if caBundle is present");
        }
    }
}
