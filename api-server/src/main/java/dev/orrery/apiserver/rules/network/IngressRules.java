package dev.orrery.apiserver.rules.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Addresses;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Ports;
import dev.orrery.apiserver.rules.Rules;
import java.util.List;

/** The rules of Ingress. */
public final class IngressRules implements Rules {

    private static final List<String> PATH_TYPES =
            List.of("Exact", "ImplementationSpecific", "Prefix");

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field backend = spec.get("defaultBackend");
        Field rules = spec.get("rules");
        if (rules.isEmpty() && !backend.exists()) {
            Object shown = rules.exists() ? rules.value() : null;
            spec.invalid(shown, "either `defaultBackend` or `rules` must be specified");
        }
        if (backend.exists()) {
            validateBackend(backend);
        }
        rules.items().forEach(IngressRules::validateRule);
        for (Field secret : spec.get("tls").items()) {
            secret.get("hosts").items().forEach(IngressRules::validateHost);
        }
        Field ingressClass = spec.get("ingressClassName");
        if (ingressClass.exists()) {
            ingressClass.invalid(Names.dnsSubdomain(ingressClass.text()));
        }
    }

    private static void validateHost(Field host) {
        boolean wild = host.text().contains("*");
        host.invalid(wild ? Names.wildcardSubdomain(host.text()) : Names.dnsSubdomain(host.text()));
    }

    private static void validateRule(Field rule) {
        Field host = rule.get("host");
        if (!host.isEmpty()) {
            if (Addresses.isAddress(host.text())) {
                host.invalid("must be a DNS name, not an IP address");
            }
            validateHost(host);
        }
        if (!rule.get("http").exists()) {
            return;
        }
        Field paths = rule.get("http", "paths");
        paths.require("");
        for (Field path : paths.items()) {
            validatePath(path);
            validateBackend(path.get("backend"));
        }
    }

    private static void validatePath(Field path) {
        Field type = path.get("pathType");
        Field text = path.get("path");
        if (!type.exists()) {
            type.required("pathType must be specified");
            return;
        }
        type.oneOf(PATH_TYPES);
        boolean free = type.is("ImplementationSpecific");
        if (!text.text().startsWith("/") && !(free && text.isEmpty())) {
            text.invalid(text.text(), "must be an absolute path");
        }
        if (!free) {
            for (String sequence : List.of("//", "/./", "/../", "%2f", "%2F")) {
                if (text.text().contains(sequence)) {
                    text.invalid("must not contain '" + sequence + "'");
                }
            }
        }
    }

    private static void validateBackend(Field backend) {
        Field service = backend.get("service");
        Field resource = backend.get("resource");
        if (service.exists() && resource.exists()) {
            backend.invalid("", "cannot set both resource and service backends");
        } else if (!service.exists() && !resource.exists()) {
            backend.required("resource or service backend is required");
        } else if (service.exists()) {
            validateService(service);
        } else {
            resource.get("name").require("");
            resource.get("kind").require("");
        }
    }

    private static void validateService(Field service) {
        Field name = service.get("name");
        if (name.require("")) {
            name.invalid(Names.dns1035Label(name.text()));
        }
        Field port = service.get("port");
        boolean named = !port.get("name").isEmpty();
        boolean numbered = port.get("number").number(0) != 0;
        if (named && numbered) {
            service.invalid("", "cannot set both port name & port number");
        } else if (named) {
            port.get("name").invalid(Names.portName(port.get("name").text()));
        } else if (numbered) {
            Ports.validate(port.get("number"));
        } else {
            service.required("port name or number is required");
        }
    }
}
