package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.status.StatusException.Cause;
import dev.orrery.apiserver.status.StatusException.Details;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Lets all mutating policies change a request's object, by name. */
public final class MutatingPolicies {

    private static final int CODE_FORBIDDEN = 403;

    private final List<Bound<MutatingPolicy>> bound;

    MutatingPolicies(List<Bound<MutatingPolicy>> bound) {
        this.bound = List.copyOf(bound);
    }

    public boolean isEmpty() {
        return bound.isEmpty();
    }

    /**
     * Changes the attributes' object, or throws what the client is told.
     *
     * @param asked those asked before, that want to be asked again; grows
     * @param again whether this is the second time
     * @param changes run where anything has changed
     * @return null where nobody had to be waited for
     */
    public @Nullable CompletionStage<Void> mutate(
            Attributes attributes,
            Reshaping reshaping,
            Set<String> asked,
            boolean again,
            Runnable changes) {
        List<String> faults = new ArrayList<>();
        List<Invocation> invocations = invocations(attributes, reshaping, faults);
        PolicyRound round = new PolicyRound(attributes, reshaping, asked, again, faults);
        CompletionStage<Void> waited = round.run(invocations);
        if (waited == null) {
            finish(round, attributes, changes);
            return null;
        }
        return waited.thenRun(() -> finish(round, attributes, changes));
    }

    private static void finish(PolicyRound round, Attributes attributes, Runnable changes) {
        if (!round.faults().isEmpty()) {
            throw refusal(attributes, round.faults());
        }
        if (round.hasChanged()) {
            changes.run();
        }
    }

    private List<Invocation> invocations(
            Attributes attributes, Reshaping reshaping, List<String> faults) {
        List<Invocation> invocations = new ArrayList<>();
        for (Bound<MutatingPolicy> one : bound) {
            Definition definition = one.policy().definition();
            Kind kind;
            try {
                kind = definition.constraints().match(attributes, reshaping.kinds());
            } catch (StatusException e) {
                PolicyRound.add(
                        faults, definition, null, "failed to configure policy: " + e.message());
                continue;
            }
            if (kind != null) {
                invocations.addAll(bindings(one, kind, attributes, reshaping, faults));
            }
        }
        return invocations;
    }

    private static List<Invocation> bindings(
            Bound<MutatingPolicy> one,
            Kind kind,
            Attributes attributes,
            Reshaping reshaping,
            List<String> faults) {
        Definition definition = one.policy().definition();
        List<Invocation> invocations = new ArrayList<>();
        for (Binding binding : one.bindings()) {
            try {
                if (binding.resources().match(attributes, reshaping.kinds()) == null) {
                    continue;
                }
                for (Optional<JsonNode> param :
                        Params.of(definition, binding, attributes, reshaping.kinds())) {
                    invocations.add(new Invocation(one.policy(), binding, kind, param));
                }
            } catch (StatusException e) {
                PolicyRound.add(
                        faults, definition, binding, "failed to configure binding: " + e.message());
            } catch (Params.Fault e) {
                PolicyRound.add(
                        faults, definition, binding, "failed to configure binding: " + e.text());
            }
        }
        return invocations;
    }

    private static StatusException refusal(Attributes attributes, List<String> faults) {
        List<Cause> causes = faults.stream().map(fault -> new Cause("", fault, "")).toList();
        Kind kind = attributes.kind();
        return new StatusException(
                CODE_FORBIDDEN,
                "Invalid",
                faults.getFirst(),
                Details.of(kind.group(), kind.plural(), attributes.name()).withCauses(causes));
    }
}
