package dev.orrery.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.patch.PatchException;
import dev.orrery.schema.patch.PatchFormat;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One request's way past all mutating webhooks. Used by one thread at a time. */
final class MutatingRound {

    private final Hooks hooks;
    private final List<Webhook> webhooks;
    private final Attributes attributes;
    private final Reshaping reshaping;
    private final Reinvocation reinvocation;
    private boolean changed;

    MutatingRound(
            Hooks hooks,
            List<Webhook> webhooks,
            Attributes attributes,
            Reshaping reshaping,
            Reinvocation reinvocation) {
        this.hooks = hooks;
        this.webhooks = webhooks;
        this.attributes = attributes;
        this.reshaping = reshaping;
        this.reinvocation = reinvocation;
    }

    /** Null where none is to be asked. */
    @Nullable CompletionStage<Boolean> run() {
        CompletionStage<Void> asked = from(0);
        return asked == null
                ? null
                : asked.thenApply(_ -> {
                    reinvocation.end(attributes.object());
                    return changed;
                });
    }

    /** Whether the next is meant depends on what those before made of the object. */
    private @Nullable CompletionStage<Void> from(int index) {
        for (int i = index; i < webhooks.size(); i++) {
            Webhook webhook = webhooks.get(i);
            Kind kind = hooks.meant(webhook, attributes);
            if (kind != null && !reinvocation.skips(webhook)) {
                int next = i + 1;
                return hooks.ask(webhook, kind, attributes, true)
                        .thenCompose(asked -> take(webhook, kind, asked))
                        .thenCompose(_ -> {
                            CompletionStage<Void> rest = from(next);
                            return rest == null ? CompletableFuture.completedStage(null) : rest;
                        });
            }
        }
        return null;
    }

    private CompletionStage<Void> take(Webhook webhook, Kind kind, Hooks.Asked asked) {
        String patch = asked.patch().asText("");
        CompletionStage<Boolean> taken =
                patch.isEmpty()
                        ? CompletableFuture.completedStage(false)
                        : patch(webhook, kind, asked.shown().object(), patch);
        return taken.thenAccept(changes -> {
            if (changes) {
                changed = true;
                reinvocation.changed();
            }
            reinvocation.asked(webhook);
        });
    }

    private CompletionStage<Boolean> patch(
            Webhook webhook, Kind kind, @Nullable ObjectNode shown, String base64) {
        ObjectNode stored = attributes.object();
        if (stored == null || shown == null) {
            throw Refusals.internal(
                    "admission webhook \""
                            + webhook.name()
                            + "\" attempted to modify the object, which is not supported for this"
                            + " operation");
        }
        ObjectNode patched = patched(webhook, shown, base64);
        return reshaping.take(stored, patched, kind, attributes.subresource(), attributes.kind());
    }

    private static ObjectNode patched(Webhook webhook, ObjectNode object, String base64) {
        try {
            byte[] patch = Base64.getDecoder().decode(base64);
            JsonNode patched =
                    PatchFormat.JSON.read(patch).apply(object, Schemas.kubernetes().meta("Status"));
            if (patched instanceof ObjectNode result) {
                return result;
            }
            throw Refusals.internal("the patch does not leave an object");
        } catch (IllegalArgumentException e) {
            throw HookFailures.unanswered(
                    webhook, "received undecodable patch in webhook response: " + e.getMessage());
        } catch (PatchException e) {
            throw e.kind() == PatchException.Kind.BAD_REQUEST
                    ? HookFailures.unanswered(
                            webhook,
                            "received undecodable patch in webhook response: " + e.detail())
                    : Refusals.internal(e.detail());
        }
    }
}
