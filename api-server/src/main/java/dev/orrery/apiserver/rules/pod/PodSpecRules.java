package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the spec of a pod, in itself or in a template. */
public final class PodSpecRules {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> PREEMPTION = List.of("PreemptLowerPriority", "Never");

    private PodSpecRules() {}

    static void validatePod(Field spec) {
        validate(spec, PodView.of(spec.value(), true));
    }

    /**
     * @param claimTemplates of a StatefulSet: each is a volume of its pods; else missing
     */
    public static void validateTemplate(Field template, JsonNode claimTemplates) {
        Labels.validate(template.get("labels").with(template.get("metadata", "labels").value()));
        Field spec = template.get("spec");
        PodView pod = PodView.of(spec.value(), false);
        for (JsonNode claim : claimTemplates) {
            String name = claim.path("metadata").path("name").asText("");
            pod.volumes().putIfAbsent(name, MissingNode.getInstance());
        }
        validate(spec, pod);
        if (!spec.get("ephemeralContainers").isEmpty()) {
            spec.get("ephemeralContainers")
                    .forbidden("ephemeral containers not allowed in pod template");
        }
    }

    private static void validate(Field spec, PodView pod) {
        spec.get("terminationGracePeriodSeconds").require("");
        VolumeRules.validate(spec.get("volumes"));
        validateResourceClaims(spec.get("resourceClaims"));
        ContainerListRules.validateContainers(spec.get("containers"), pod);
        ContainerListRules.validateInitContainers(spec.get("initContainers"), pod);
        ContainerListRules.validateEphemeralContainers(spec.get("ephemeralContainers"), pod);
        spec.get("restartPolicy").requireOneOf(RESTART_POLICIES);
        PodNetworkRules.validate(spec, pod);
        Labels.validate(spec.get("nodeSelector"));
        SecurityRules.validatePod(spec.get("securityContext"), spec, pod);
        AffinityRules.validate(spec.get("affinity"));
        validateGates(spec);
        SpreadRules.validate(spec.get("topologySpreadConstraints"));
        validateReferences(spec);
        spec.get("activeDeadlineSeconds").between(1, Integer.MAX_VALUE);
        TolerationRules.validate(spec.get("tolerations"));
        spec.get("preemptionPolicy").oneOf(PREEMPTION);
        for (Map.Entry<String, Field> overhead : spec.get("overhead").entries()) {
            ResourceNames.validateQuantity(overhead.getKey(), overhead.getValue());
        }
        if (spec.get("os").exists()) {
            spec.get("os", "name").requireOneOf(List.of("linux", "windows"));
        }
    }

    private static void validateResourceClaims(Field claims) {
        Set<String> names = new HashSet<>();
        for (Field claim : claims.items()) {
            Field name = claim.get("name");
            if (name.require("")) {
                if (names.add(name.text())) {
                    name.invalid(Names.dnsLabel(name.text()));
                } else {
                    name.duplicate(name.text());
                }
            }
            boolean direct = claim.get("resourceClaimName").exists();
            boolean template = claim.get("resourceClaimTemplateName").exists();
            if (direct && template) {
                claim.invalid(
                        "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be"
                                + " specified");
            } else if (!direct && !template) {
                claim.invalid(
                        "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            }
        }
    }

    private static void validateGates(Field spec) {
        for (Field gate : spec.get("readinessGates").items()) {
            Field type = gate.get("conditionType");
            for (String fault : Labels.keyFaults(type.text())) {
                type.invalid(type.text(), fault);
            }
        }
        Set<String> names = new HashSet<>();
        for (Field gate : spec.get("schedulingGates").items()) {
            String name = gate.get("name").text();
            Labels.keyFaults(name).forEach(fault -> gate.invalid(name, fault));
            if (!names.add(name)) {
                gate.duplicate(name);
            }
        }
    }

    private static void validateReferences(Field spec) {
        for (String reference :
                List.of(
                        "serviceAccountName",
                        "nodeName",
                        "priorityClassName",
                        "runtimeClassName")) {
            Field name = spec.get(reference);
            if (!name.isEmpty()) {
                name.invalid(Names.dnsSubdomain(name.text()));
            }
        }
    }
}
