package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.machinery.resource.Quantity;
import java.util.List;
import java.util.Set;

/** References to the pod's own fields and resources, from its environment and its volumes. */
final class DownwardRules {

    private static final List<String> RESOURCES =
            List.of(
                    "limits.cpu",
                    "limits.ephemeral-storage",
                    "limits.memory",
                    "requests.cpu",
                    "requests.ephemeral-storage",
                    "requests.memory");
    private static final String BYTE_DIVISORS =
            "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
    private static final Set<String> FOR_BYTES = Set.of(BYTE_DIVISORS.split(", "));
    private static final Set<String> KNOWN_FIELDS =
            Set.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.serviceAccountName",
                    "spec.schedulerName",
                    "status.phase",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");

    private DownwardRules() {}

    static void validateField(Field reference, List<String> supported) {
        Field path = reference.get("fieldPath");
        if (!reference.get("apiVersion").require("") || !path.require("")) {
            return;
        }
        String text = path.text();
        int bracket = text.indexOf("['");
        if (bracket >= 0 && text.endsWith("']")) {
            String subscript = text.substring(bracket + 2, text.length() - 2);
            validateSubscript(reference, text.substring(0, bracket), subscript);
        } else if (!KNOWN_FIELDS.contains(text)) {
            path.invalid("error converting fieldPath: field label not supported: " + text);
        } else if (!supported.contains(text)) {
            path.notSupported(supported);
        }
    }

    private static void validateSubscript(Field reference, String path, String subscript) {
        switch (path) {
            case "metadata.annotations" ->
                    Names.annotationKey(subscript)
                            .forEach(fault -> reference.invalid(subscript, fault));
            case "metadata.labels" ->
                    Labels.keyFaults(subscript)
                            .forEach(fault -> reference.invalid(subscript, fault));
            default -> reference.invalid(path, "does not support subscript");
        }
    }

    static void validateResource(Field reference, boolean inVolume) {
        Field resource = reference.get("resource");
        String name = resource.text();
        if (inVolume && reference.get("containerName").isEmpty()) {
            reference.get("containerName").required("");
        } else if (resource.isEmpty()) {
            resource.required("");
        } else if (!RESOURCES.contains(name) && !isHugePages(name)) {
            resource.notSupported(RESOURCES);
        }
        if (reference.get("divisor").exists()) {
            validateDivisor(reference.get("divisor"), name);
        }
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("limits.hugepages-")
                || resource.startsWith("requests.hugepages-");
    }

    private static void validateDivisor(Field divisor, String resource) {
        Quantity quantity = Quantity.of(divisor.value());
        if (quantity.signum() == 0) {
            return;
        }
        String text = quantity.toString();
        if (resource.endsWith(".cpu")) {
            if (!text.equals("1m") && !text.equals("1")) {
                divisor.invalid(
                        resource,
                        "only divisor's values 1m and 1 are supported with the cpu resource");
            }
        } else if (!FOR_BYTES.contains(text)) {
            String kind =
                    resource.endsWith(".memory")
                            ? "memory"
                            : isHugePages(resource) ? "hugepages" : "local ephemeral storage";
            divisor.invalid(
                    resource,
                    "only divisor's values "
                            + BYTE_DIVISORS
                            + " are supported with the "
                            + kind
                            + " resource");
        }
    }
}
