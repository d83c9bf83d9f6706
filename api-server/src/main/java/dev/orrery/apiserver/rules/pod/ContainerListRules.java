package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The three lists of containers, each with what it alone allows and forbids. */
final class ContainerListRules {

    private static final List<String> FORBIDDEN_IN_EPHEMERAL =
            List.of(
                    "ports",
                    "livenessProbe",
                    "readinessProbe",
                    "startupProbe",
                    "lifecycle",
                    "resources",
                    "restartPolicy",
                    "resizePolicy",
                    "restartPolicyRules");
    private static final List<String> NOT_WHEN_INIT =
            List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

    private ContainerListRules() {}

    static void validateContainers(Field containers, PodView pod) {
        if (!containers.require("")) {
            return;
        }
        Set<String> names = new HashSet<>();
        Set<String> hostPorts = new HashSet<>();
        for (Field container : containers.items()) {
            ContainerRules.validate(container, pod);
            requireNewName(container, names);
            ProbeRules.validateAll(container, pod);
            if (pod.isPod()) {
                ContainerRules.validateImageOfPod(container);
            }
        }
        for (Field container : containers.items()) {
            ContainerRules.validateHostPorts(container, hostPorts);
        }
    }

    static void validateInitContainers(Field containers, PodView pod) {
        Set<String> names = names(pod, "containers");
        for (Field container : containers.items()) {
            ContainerRules.validate(container, pod);
            container.get("restartPolicy").oneOf(List.of("Always", "Never", "OnFailure"));
            if (!container.get("name").isEmpty()) {
                requireNewName(container, names);
            }
            ContainerRules.validateHostPorts(container, new HashSet<>());
            if (container.get("restartPolicy").is("Always")) {
                ProbeRules.validateAll(container, pod);
            } else {
                forbidWhatRunsBeside(container);
            }
            if (pod.isPod()) {
                ContainerRules.validateImageOfPod(container);
            }
        }
    }

    private static void forbidWhatRunsBeside(Field container) {
        for (String field : NOT_WHEN_INIT) {
            if (container.get(field).exists()) {
                container
                        .get(field)
                        .forbidden(
                                "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    static void validateEphemeralContainers(Field containers, PodView pod) {
        Set<String> targets = names(pod, "containers");
        targets.addAll(names(pod, "initContainers"));
        Set<String> names = new HashSet<>(targets);
        for (Field container : containers.items()) {
            ContainerRules.validate(container, pod);
            ContainerRules.validateImageOfPod(container);
            requireNewName(container, names);
            Field target = container.get("targetContainerName");
            if (!target.isEmpty() && !targets.contains(target.text())) {
                target.notFound(target.text());
            }
            forbidInEphemeral(container);
        }
    }

    private static void forbidInEphemeral(Field container) {
        String detail = "cannot be set for an Ephemeral Container";
        for (String field : FORBIDDEN_IN_EPHEMERAL) {
            if (!container.get(field).isEmpty()) {
                container.get(field).forbidden(detail);
            }
        }
        for (Field mount : container.get("volumeMounts").items()) {
            for (String path : List.of("subPath", "subPathExpr")) {
                if (!mount.get(path).isEmpty()) {
                    mount.get(path).forbidden(detail);
                }
            }
        }
    }

    private static void requireNewName(Field container, Set<String> names) {
        String name = container.get("name").text();
        if (!names.add(name)) {
            container.get("name").duplicate(name);
        }
    }

    private static Set<String> names(PodView pod, String list) {
        Set<String> names = new HashSet<>();
        pod.spec().path(list).forEach(container -> names.add(container.path("name").asText("")));
        return names;
    }
}
