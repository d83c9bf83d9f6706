package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Ports;
import dev.orrery.apiserver.rules.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of EndpointSlice. */
public final class EndpointSliceRules implements Rules {

    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final int MOST_ENDPOINTS = 1000;
    private static final int MOST_PORTS = 20_000;
    private static final int MOST_ADDRESSES = 100;

    @Override
    public void setDefaults(ObjectNode object) {
        for (ObjectNode port : Defaults.objects(object, "ports")) {
            if (Defaults.isAbsent(port, "name")) {
                port.put("name", "");
            }
            Defaults.text(port, "protocol", "TCP");
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field slice = Field.of(object, errors);
        slice.get("addressType").requireOneOf(TYPES);
        Field endpoints = slice.get("endpoints");
        if (endpoints.value().size() > MOST_ENDPOINTS) {
            errors.tooMany(endpoints.path(), endpoints.value().size(), MOST_ENDPOINTS);
        }
        String type = slice.get("addressType").text();
        endpoints.items().forEach(endpoint -> validateEndpoint(endpoint, type));
        validatePorts(slice.get("ports"));
    }

    private static void validateEndpoint(Field endpoint, String type) {
        Field addresses = endpoint.get("addresses");
        int count = addresses.value().size();
        if (count == 0) {
            addresses.required("must contain at least 1 address");
        } else if (count > MOST_ADDRESSES) {
            addresses.errors().tooMany(addresses.path(), count, MOST_ADDRESSES);
        }
        for (Field address : addresses.items()) {
            validateAddress(address, type);
        }
        Field node = endpoint.get("nodeName");
        if (node.exists()) {
            node.invalid(Names.dnsSubdomain(node.text()));
        }
        Field host = endpoint.get("hostname");
        if (host.exists()) {
            host.invalid(Names.dnsLabel(host.text()));
        }
    }

    private static void validateAddress(Field address, String type) {
        switch (type) {
            case "IPv4" -> {
                if (!Addresses.isV4(address.text())) {
                    address.invalid("must be an IPv4 address");
                }
                Addresses.validateNotSpecial(address);
            }
            case "IPv6" -> {
                if (!Addresses.isV6(address.text())) {
                    address.invalid("must be an IPv6 address");
                }
                Addresses.validateNotSpecial(address);
            }
            case "FQDN" -> address.invalid(Names.dnsSubdomain(address.text()));
            default -> {}
        }
    }

    private static void validatePorts(Field ports) {
        if (ports.value().size() > MOST_PORTS) {
            ports.errors().tooMany(ports.path(), ports.value().size(), MOST_PORTS);
        }
        Set<String> names = new HashSet<>();
        for (Field port : ports.items()) {
            Field name = port.get("name");
            if (!name.isEmpty()) {
                name.invalid(Names.dnsLabel(name.text()));
            }
            if (!names.add(name.text())) {
                name.duplicate(name.text());
            }
            port.get("protocol").requireOneOf(Ports.PROTOCOLS);
            Field application = port.get("appProtocol");
            if (application.exists()) {
                application.invalid(Labels.keyFaults(application.text()));
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors).get("addressType").unchanged(old.path("addressType"));
    }
}
