package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.authorization.Access;
import dev.orrery.apiserver.authorization.Authorizer;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests for certificates: says whose they are, and who may approve and sign them. In Kubernetes
 * these are the plugins CertificateApproval and CertificateSigning, and the storage of the kind.
 */
public final class CertificateRequests implements AdmissionPlugin {

    private static final String GROUP = "certificates.k8s.io";
    private static final GroupResource REQUESTS =
            new GroupResource(GROUP, "certificatesigningrequests");
    private static final GroupResource SIGNERS = new GroupResource(GROUP, "signers");

    private static final List<String> DECISIONS = List.of("Approved", "Denied");

    private final Authorizer authorizer;

    public CertificateRequests(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode request = attributes.object();
        if (request == null || !attributes.kind().storage().equals(REQUESTS)) {
            return;
        }
        if (attributes.operation() == Operation.CREATE) {
            identify(request.withObjectProperty("spec"), attributes.user());
        } else if (!attributes.subresource().isEmpty()) {
            confine(request, attributes);
            setTimes(request, attributes);
        }
    }

    /** Who approves writes conditions only; who signs leaves the decision as it is. */
    private static void confine(ObjectNode request, Attributes attributes) {
        ObjectNode old = attributes.old();
        if (old == null) {
            return;
        }
        JsonNode before = old.path("status");
        JsonNode wanted = request.path("status").path("conditions");
        if (attributes.subresource().equals("approval")) {
            ObjectNode status =
                    before instanceof ObjectNode fields ? fields.deepCopy() : old.objectNode();
            status.set("conditions", wanted.isMissingNode() ? old.arrayNode() : wanted);
            request.set("status", status);
        } else {
            ArrayNode kept = old.arrayNode();
            addDecisions(before.path("conditions"), true, kept);
            addDecisions(wanted, false, kept);
            request.withObjectProperty("status").set("conditions", kept);
        }
    }

    private static void addDecisions(JsonNode conditions, boolean decisions, ArrayNode into) {
        for (JsonNode condition : conditions) {
            if (DECISIONS.contains(condition.path("type").asText()) == decisions) {
                into.add(condition);
            }
        }
    }

    private static void identify(ObjectNode spec, User user) {
        spec.remove(List.of("uid", "groups", "extra"));
        spec.put("username", user.name());
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        ArrayNode groups = spec.putArray("groups");
        user.groups().forEach(groups::add);
        if (!user.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            for (Map.Entry<String, List<String>> entry : user.extra().entrySet()) {
                ArrayNode values = extra.putArray(entry.getKey());
                entry.getValue().forEach(values::add);
            }
        }
    }

    private static void setTimes(ObjectNode request, Attributes attributes) {
        String now = Times.text(attributes.now());
        for (JsonNode condition : request.path("status").path("conditions")) {
            if (condition instanceof ObjectNode fields) {
                for (String time : List.of("lastUpdateTime", "lastTransitionTime")) {
                    if (!fields.hasNonNull(time)) {
                        fields.put(time, now);
                    }
                }
            }
        }
    }

    @Override
    public void validate(Attributes attributes) {
        ObjectNode request = attributes.object();
        if (request == null || !attributes.kind().storage().equals(REQUESTS)) {
            return;
        }
        switch (attributes.subresource()) {
            case "approval" -> require(attributes, "approve", request);
            case "status" -> {
                if (isSigning(request, attributes.old())) {
                    require(attributes, "sign", request);
                }
            }
            default -> {}
        }
    }

    private static boolean isSigning(ObjectNode request, @Nullable ObjectNode old) {
        if (old == null) {
            return true;
        }
        return !request.at("/status/certificate").equals(old.at("/status/certificate"))
                || !Same.same(failures(request), failures(old));
    }

    private static ArrayNode failures(ObjectNode request) {
        ArrayNode failures = request.arrayNode();
        for (JsonNode condition : request.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Failed")) {
                failures.add(condition);
            }
        }
        return failures;
    }

    /** The right to one signer, or to all of its domain. */
    private void require(Attributes attributes, String verb, ObjectNode request) {
        String signer = request.path("spec").path("signerName").asText();
        int slash = signer.indexOf('/');
        String domain = slash < 0 ? signer : signer.substring(0, slash) + "/*";
        if (!isAllowed(attributes.user(), verb, signer)
                && !isAllowed(attributes.user(), verb, domain)) {
            throw Refusals.forbidden(
                    attributes.kind().resource(),
                    attributes.name(),
                    "user not permitted to "
                            + verb
                            + " requests with signerName \""
                            + signer
                            + "\"");
        }
    }

    private boolean isAllowed(User user, String verb, String signer) {
        return authorizer.authorize(Access.to(user, verb, SIGNERS, "", "", signer)).isAllowed();
    }
}
