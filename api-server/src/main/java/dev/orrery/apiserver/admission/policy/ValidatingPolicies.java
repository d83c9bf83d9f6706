package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.matching.Shown;
import dev.orrery.apiserver.admission.policy.ValidatingPolicy.Objection;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * The versions that policies want to see and somebody has to be asked for. What is wrong with a
     * policy is found out later.
     */
    public Set<Kind> asked(Attributes attributes, Kinds kinds) {
        if (!Conversions.mayAsk(attributes.kind())) {
            return Set.of();
        }
        Set<Kind> asked = new HashSet<>();
        for (Bound<ValidatingPolicy> one : bound) {
            Kind kind = wanted(one.policy().definition(), attributes, kinds);
            if (kind != null && Shown.asks(attributes, kind)) {
                asked.add(kind);
            }
        }
        return asked;
    }

    private static @Nullable Kind wanted(
            Definition definition, Attributes attributes, Kinds kinds) {
        try {
            return definition.constraints().match(attributes, kinds);
        } catch (StatusException _) {
            return null;
        }
    }

    /**
     * Throws what the client is told where a policy denies the request.
     *
     * @param shown the objects in versions that were asked for
     */
    public void validate(Attributes attributes, Kinds kinds, Map<Kind, Shown> shown) {
        List<StatusException> denials = new ArrayList<>();
        for (Bound<ValidatingPolicy> one : bound) {
            ask(one, attributes, kinds, shown, denials);
        }
        if (!denials.isEmpty()) {
            throw denials.getFirst();
        }
    }

    private static void ask(
            Bound<ValidatingPolicy> one,
            Attributes attributes,
            Kinds kinds,
            Map<Kind, Shown> shown,
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
        Shown converted = shown.get(kind);
        Attributes seen = converted == null ? attributes : converted.in(attributes);
        for (Binding binding : one.bindings()) {
            try {
                if (binding.resources().match(attributes, kinds) != null) {
                    ask(one.policy(), binding, kind, seen, kinds, denials);
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
