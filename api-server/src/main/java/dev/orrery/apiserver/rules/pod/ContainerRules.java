package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Ports;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What all containers have in common, of whatever list. */
final class ContainerRules {

    static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final List<String> RESIZE_POLICIES = List.of("NotRequired", "RestartContainer");

    private ContainerRules() {}

    static void validate(Field container, PodView pod) {
        Field name = container.get("name");
        if (name.require("")) {
            name.invalid(Names.dnsLabel(name.text()));
        }
        container.get("image").require("");
        container.get("terminationMessagePolicy").requireOneOf(MESSAGE_POLICIES);
        validatePorts(container.get("ports"));
        EnvironmentRules.validate(container);
        VolumeMountRules.validate(container, pod);
        container.get("imagePullPolicy").requireOneOf(PULL_POLICIES);
        ResourceRules.validate(container.get("resources"), pod);
        validateResizePolicy(container.get("resizePolicy"), pod);
        SecurityRules.validateContainer(container.get("securityContext"), pod);
    }

    private static void validatePorts(Field ports) {
        Set<String> names = new HashSet<>();
        for (Field port : ports.items()) {
            Field name = port.get("name");
            if (!name.isEmpty()) {
                List<String> faults = Names.portName(name.text());
                name.invalid(faults);
                if (faults.isEmpty() && !names.add(name.text())) {
                    name.duplicate(name.text());
                }
            }
            Field number = port.get("containerPort");
            if (number.number(0) == 0) {
                number.required("");
            } else {
                Ports.validate(number);
            }
            if (port.get("hostPort").number(0) != 0) {
                Ports.validate(port.get("hostPort"));
            }
            port.get("protocol").requireOneOf(Ports.PROTOCOLS);
        }
    }

    private static void validateResizePolicy(Field policies, PodView pod) {
        Set<String> resources = new HashSet<>();
        for (Field policy : policies.items()) {
            String resource = policy.get("resourceName").text();
            if (!resources.add(resource)) {
                policy.duplicate(resource);
            }
            requireAt(policies, resource, RESIZABLE);
            String restart = policy.get("restartPolicy").text();
            requireAt(policies, restart, RESIZE_POLICIES);
            if (pod.restartPolicy().equals("Never") && !restart.equals("NotRequired")) {
                policies.invalid(restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }

    private static void requireAt(Field place, String value, List<String> supported) {
        if (value.isEmpty()) {
            place.required("");
        } else if (!supported.contains(value)) {
            place.errors().notSupported(place.path(), value, supported);
        }
    }

    /** Checked for pods only: templates have long been allowed such images. */
    static void validateImageOfPod(Field container) {
        String image = container.get("image").text();
        if (!image.strip().equals(image)) {
            container.get("image").invalid("must not have leading or trailing whitespace");
        }
    }

    /** A port of the host may be taken once; {@code taken} spans the containers that share it. */
    static void validateHostPorts(Field container, Set<String> taken) {
        for (Field port : container.get("ports").items()) {
            JsonNode hostPort = port.get("hostPort").value();
            if (hostPort.asInt() == 0) {
                continue;
            }
            String use =
                    port.get("protocol").text()
                            + "/"
                            + port.get("hostIP").text()
                            + "/"
                            + hostPort.asInt();
            if (!taken.add(use)) {
                port.get("hostPort").duplicate(use);
            }
        }
    }
}
