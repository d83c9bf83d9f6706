package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Ports;
import java.util.HashSet;
import java.util.Set;

/** The ports of a service. */
final class ServicePortRules {

    private ServicePortRules() {}

    static void validate(Field spec) {
        boolean several = spec.get("ports").value().size() > 1;
        Set<String> names = new HashSet<>();
        for (Field port : spec.get("ports").items()) {
            validateName(port.get("name"), several, names);
            Ports.validate(port.get("port"));
            port.get("protocol").requireOneOf(Ports.PROTOCOLS);
            Ports.validateNumberOrName(port.get("targetPort"));
            Field application = port.get("appProtocol");
            if (application.exists()) {
                application.invalid(Labels.keyFaults(application.text()));
            }
            if (spec.get("type").is("ClusterIP") && port.get("nodePort").number(0) != 0) {
                port.get("nodePort").forbidden("may not be used when `type` is 'ClusterIP'");
            }
        }
        validateUnique(spec);
    }

    private static void validateName(Field name, boolean needed, Set<String> names) {
        if (name.isEmpty()) {
            if (needed) {
                name.required("");
            }
            return;
        }
        name.invalid(Names.dnsLabel(name.text()));
        if (!names.add(name.text())) {
            name.duplicate(name.text());
        }
    }

    private static void validateUnique(Field spec) {
        Set<String> nodePorts = new HashSet<>();
        Set<String> ports = new HashSet<>();
        for (Field port : spec.get("ports").items()) {
            String protocol = port.get("protocol").text();
            long nodePort = port.get("nodePort").number(0);
            if (nodePort != 0 && !nodePorts.add(protocol + nodePort)) {
                port.get("nodePort").duplicate(nodePort);
            }
            if (!ports.add(protocol + port.get("port").number(0))) {
                port.duplicate(portAndProtocol(port));
            }
        }
    }

    private static ObjectNode portAndProtocol(Field port) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.set("protocol", port.get("protocol").value());
        shown.set("port", port.get("port").value());
        return shown;
    }
}
