package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Ports;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of NetworkPolicy. */
public final class NetworkPolicyRules implements Rules {

    private static final List<String> TYPES = List.of("Egress", "Ingress");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        for (String direction : List.of("ingress", "egress")) {
            for (ObjectNode rule : Defaults.objects(spec, direction)) {
                for (ObjectNode port : Defaults.objects(rule, "ports")) {
                    Defaults.text(port, "protocol", "TCP");
                }
            }
        }
        if (spec.path("policyTypes").isEmpty()) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Labels.validateSelector(spec.get("podSelector"));
        for (Field rule : spec.get("ingress").items()) {
            validateRule(rule, "from");
        }
        for (Field rule : spec.get("egress").items()) {
            validateRule(rule, "to");
        }
        Field types = spec.get("policyTypes");
        if (types.value().size() > TYPES.size()) {
            types.invalid("may not specify more than two policyTypes");
        }
        types.items().forEach(type -> type.oneOf(TYPES));
    }

    private static void validateRule(Field rule, String peers) {
        for (Field port : rule.get("ports").items()) {
            port.get("protocol").oneOf(Ports.PROTOCOLS);
            if (port.get("port").exists()) {
                Ports.validateNumberOrName(port.get("port"));
            }
            validateEnd(port);
        }
        rule.get(peers).items().forEach(NetworkPolicyRules::validatePeer);
    }

    private static void validateEnd(Field port) {
        Field end = port.get("endPort");
        if (!end.exists()) {
            return;
        }
        if (!port.get("port").exists()) {
            end.invalid("must be specified with port");
        } else if (port.get("port").value().isTextual()) {
            end.invalid("may not be specified when `port` is non-numeric");
        } else if (end.number(0) < port.get("port").number(0)) {
            end.invalid("must be greater than or equal to `port`");
        }
    }

    private static void validatePeer(Field peer) {
        boolean selects =
                peer.get("podSelector").exists() || peer.get("namespaceSelector").exists();
        Field block = peer.get("ipBlock");
        if (!selects && !block.exists()) {
            peer.required("must specify a peer");
        } else if (selects && block.exists()) {
            peer.forbidden("may not specify both ipBlock and another peer");
        }
        Labels.validateSelector(peer.get("podSelector"));
        Labels.validateSelector(peer.get("namespaceSelector"));
        if (block.exists()) {
            if (block.get("cidr").require("")) {
                Addresses.validateRange(block.get("cidr"));
            }
            block.get("except").items().forEach(Addresses::validateRange);
        }
    }
}
