package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Ports;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of Endpoints. */
public final class EndpointsRules implements Rules {

    @Override
    public void setDefaults(ObjectNode object) {
        for (ObjectNode subset : Defaults.objects(object, "subsets")) {
            for (ObjectNode port : Defaults.objects(subset, "ports")) {
                Defaults.text(port, "protocol", "TCP");
            }
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        for (Field subset : Field.of(object, errors).get("subsets").items()) {
            if (subset.get("addresses").isEmpty() && subset.get("notReadyAddresses").isEmpty()) {
                subset.required("must specify `addresses` or `notReadyAddresses`");
            }
            for (String list : List.of("addresses", "notReadyAddresses")) {
                subset.get(list).items().forEach(EndpointsRules::validateAddress);
            }
            boolean several = subset.get("ports").value().size() > 1;
            for (Field port : subset.get("ports").items()) {
                validatePort(port, several);
            }
        }
    }

    private static void validateAddress(Field address) {
        Addresses.validate(address.get("ip"));
        Addresses.validateNotSpecial(address.get("ip"));
        Field host = address.get("hostname");
        if (!host.isEmpty()) {
            host.invalid(Names.dnsLabel(host.text()));
        }
        Field node = address.get("nodeName");
        if (node.exists()) {
            node.invalid(Names.dnsSubdomain(node.text()));
        }
    }

    private static void validatePort(Field port, boolean several) {
        Field name = port.get("name");
        if (several) {
            name.require("");
        }
        if (!name.isEmpty()) {
            name.invalid(Names.dnsLabel(name.text()));
        }
        Ports.validate(port.get("port"));
        port.get("protocol").requireOneOf(Ports.PROTOCOLS);
    }
}
