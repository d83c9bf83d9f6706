package dev.orrery.apiserver.rules.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of CertificateSigningRequest: what is asked for never changes, what was decided is not
 * taken back, and what was signed stays.
 */
public final class CertificateSigningRequestRules implements Rules {

    private static final int SHORTEST_SECONDS = 600;
    private static final Set<String> FINAL = Set.of("Approved", "Denied", "Failed");
    private static final Set<String> USAGES =
            Set.of(
                    "signing",
                    "digital signature",
                    "content commitment",
                    "key encipherment",
                    "key agreement",
                    "data encipherment",
                    "cert sign",
                    "crl sign",
                    "encipher only",
                    "decipher only",
                    "any",
                    "server auth",
                    "client auth",
                    "code signing",
                    "email protection",
                    "s/mime",
                    "ipsec end system",
                    "ipsec tunnel",
                    "ipsec user",
                    "timestamping",
                    "ocsp signing",
                    "microsoft sgc",
                    "netscape sgc");

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        object.set("spec", old.path("spec"));
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field request = spec.get("request");
        String fault = RequestText.fault(request.text());
        if (!fault.isEmpty()) {
            request.invalid(fault);
        }
        Field usages = spec.get("usages");
        usages.require("");
        Set<String> seen = new HashSet<>();
        for (Field usage : usages.items()) {
            if (!USAGES.contains(usage.text())) {
                usage.notSupported(USAGES);
            } else if (!seen.add(usage.text())) {
                usage.duplicate(usage.text());
            }
        }
        validateSigner(spec.get("signerName"));
        Field seconds = spec.get("expirationSeconds");
        if (seconds.exists() && seconds.number(0) < SHORTEST_SECONDS) {
            seconds.invalid("may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static void validateSigner(Field signer) {
        if (!signer.require("")) {
            return;
        }
        String[] parts = signer.text().split("/", -1);
        if (parts.length != 2) {
            signer.invalid(
                    "must be a fully qualified domain and path of the form"
                            + " 'example.com/signer-name'");
            return;
        }
        signer.invalid(Names.dnsSubdomain(parts[0]));
        if (!parts[0].contains(".")) {
            signer.invalid("should be a domain with at least two segments separated by dots");
        }
        for (String segment : parts[1].split("\\.", -1)) {
            signer.invalid(Names.dnsLabel(segment));
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        validateConditions(object, old, errors);
        Field certificate = Field.of(object, errors).get("status", "certificate");
        JsonNode before = old.path("status").path("certificate");
        if (!before.asText("").isEmpty()) {
            certificate.unchanged(before);
        } else if (!certificate.isEmpty()) {
            String fault = RequestText.certificateFault(certificate.text());
            if (!fault.isEmpty()) {
                certificate.invalid("<certificate data>", fault);
            }
        }
    }

    private static void validateConditions(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field conditions = Field.of(object, errors).get("status", "conditions");
        Set<String> types = new HashSet<>();
        for (Field condition : conditions.items()) {
            Field type = condition.get("type");
            type.require("");
            Field status = condition.get("status");
            status.requireOneOf(List.of("True", "False", "Unknown"));
            if (FINAL.contains(type.text()) && !status.isEmpty() && !status.is("True")) {
                status.notSupported(List.of("True"));
            }
            if (!types.add(type.text())) {
                condition.duplicate(type.text());
            }
        }
        if (types.contains("Approved") && types.contains("Denied")) {
            conditions.invalid("Approved and Denied conditions are mutually exclusive");
        }
        refuseTakingBack(conditions, old);
    }

    private static void refuseTakingBack(Field conditions, ObjectNode old) {
        Map<String, JsonNode> now = new HashMap<>();
        conditions.items().forEach(one -> now.put(one.get("type").text(), one.value()));
        for (JsonNode before : old.path("status").path("conditions")) {
            String type = before.path("type").asText();
            JsonNode after = now.get(type);
            if (!FINAL.contains(type)) {
                continue;
            }
            if (after == null) {
                conditions.forbidden("updates may not remove a condition of type \"" + type + "\"");
            } else if (!Same.same(after, before)) {
                conditions.forbidden("updates may not modify a condition of type \"" + type + "\"");
            }
        }
    }
}
