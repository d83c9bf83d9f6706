package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.policy.ValidatingPolicy.Objection;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks all validating policies about a request. The first objection is the answer; which policy is
 * asked first is by name.
 */
public final class ValidatingPolicies {

    private static final int CODE_INVALID = 422;

    private final List<Bound<ValidatingPolicy>> bound;

    ValidatingPolicies(List<Bound<ValidatingPolicy>> bound) {
        this.bound = List.copyOf(bound);
    }

    public boolean isEmpty() {
        return bound.isEmpty();
    }

    /** Throws what the client is told where a policy denies the request. */
    public void validate(Attributes attributes, Kinds kinds) {
        List<StatusException> denials = new ArrayList<>();
        for (Bound<ValidatingPolicy> one : bound) {
            ask(one, attributes, kinds, denials);
        }
        if (!denials.isEmpty()) {
            throw denials.getFirst();
        }
    }

    private static void ask(
            Bound<ValidatingPolicy> one,
            Attributes attributes,
            Kinds kinds,
            List<StatusException> denials) {
        Definition definition = one.policy().definition();
        Kind kind;
        try {
            kind = definition.constraints().match(attributes, kinds);
        } catch (StatusException e) {
            misconfigured(definition, null, "policy: " + e.message(), attributes, denials);
            return;
        }
        if (kind == null) {
            return;
        }
        for (Binding binding : one.bindings()) {
            try {
                if (binding.resources().match(attributes, kinds) != null) {
                    ask(one.policy(), binding, kind, attributes, kinds, denials);
                }
            } catch (StatusException e) {
                String fault = "binding: " + e.message();
                misconfigured(definition, binding, fault, attributes, denials);
            } catch (Params.Fault e) {
                String fault = "binding: " + e.text();
                misconfigured(definition, binding, fault, attributes, denials);
            }
        }
    }

    private static void misconfigured(
            Definition definition,
            @Nullable Binding binding,
            String fault,
            Attributes attributes,
            List<StatusException> denials) {
        if (!definition.failsOpen()) {
            String message = "failed to configure " + fault;
            denials.add(denial(definition, binding, message, "", attributes));
        }
    }

    private static void ask(
            ValidatingPolicy policy,
            Binding binding,
            Kind kind,
            Attributes attributes,
            Kinds kinds,
            List<StatusException> denials)
            throws Params.Fault {
        Definition definition = policy.definition();
        for (Optional<JsonNode> param : Params.of(definition, binding, attributes, kinds)) {
            for (Objection objection : policy.ask(attributes, kind, param)) {
                if (objection.always() || binding.actions().contains("Deny")) {
                    denials.add(
                            denial(
                                    definition,
                                    binding,
                                    objection.message(),
                                    objection.reason(),
                                    attributes));
                }
                if (!objection.always() && binding.actions().contains("Warn")) {
                    attributes.notices().add(warning(definition, binding, objection));
                }
            }
        }
    }

    private static String warning(Definition policy, Binding binding, Objection objection) {
        return "Validation failed for ValidatingAdmissionPolicy '"
                + policy.name()
                + "' with binding '"
                + binding.name()
                + "': "
                + objection.message();
    }

    private static StatusException denial(
            Definition policy,
            @Nullable Binding binding,
            String why,
            String reason,
            Attributes attributes) {
        String message =
                "ValidatingAdmissionPolicy '"
                        + policy.name()
                        + (binding == null ? "'" : "' with binding '" + binding.name() + "'")
                        + " denied request: "
                        + why;
        StatusException forbidden =
                Refusals.forbidden(
                        attributes.kind().resource(),
                        attributes.name(),
                        message,
                        List.of(new Cause("", message, "")));
        return new StatusException(
                code(reason),
                reason.isEmpty() ? "Invalid" : reason,
                forbidden.message(),
                forbidden.details());
    }

    private static int code(String reason) {
        return switch (reason) {
            case "Unauthorized" -> 401;
            case "Forbidden" -> 403;
            case "RequestEntityTooLarge" -> 413;
            default -> CODE_INVALID;
        };
    }
}
