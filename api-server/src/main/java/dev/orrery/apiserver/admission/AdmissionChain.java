package dev.orrery.apiserver.admission;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All plugins, in their order, and what users have programmed. Both questions are answered by null
 * where there is nothing to wait for, which is the rule.
 */
public record AdmissionChain(List<AdmissionPlugin> plugins, UserAdmission users) {

    public AdmissionChain {
        plugins = List.copyOf(plugins);
    }

    /** May change the attributes' object. */
    public @Nullable CompletionStage<Void> mutate(Attributes attributes) {
        mutateBuiltIn(attributes);
        return users.mutate(attributes, () -> mutateBuiltIn(attributes));
    }

    private void mutateBuiltIn(Attributes attributes) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.mutate(attributes);
        }
    }

    /** Users first: what counts against a quota is what they have let through. */
    public @Nullable CompletionStage<Void> validate(Attributes attributes) {
        CompletionStage<Void> asked = users.validate(attributes);
        if (asked == null) {
            validateBuiltIn(attributes);
            return null;
        }
        return asked.thenAccept(_ -> validateBuiltIn(attributes));
    }

    private void validateBuiltIn(Attributes attributes) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.validate(attributes);
        }
    }
}
