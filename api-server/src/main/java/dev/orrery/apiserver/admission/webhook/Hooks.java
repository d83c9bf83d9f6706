package dev.orrery.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.admission.matching.MatchConditions.Answer;
import dev.orrery.apiserver.admission.matching.RequestBindings;
import dev.orrery.apiserver.admission.matching.Shown;
import dev.orrery.apiserver.hook.HookAnswer;
import dev.orrery.apiserver.hook.HookCall;
import dev.orrery.apiserver.hook.HookClient;
import dev.orrery.apiserver.hook.HookException;
import dev.orrery.apiserver.hook.HookTarget;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks webhooks. For any thread; never blocks: what follows an answer runs in the executor. */
public final class Hooks {

    private static final Logger LOGGER = System.getLogger(Hooks.class.getName());

    private final HookClient client;
    private final Reshaping reshaping;
    private final Executor executor;

    public Hooks(HookClient client, Reshaping reshaping, Executor executor) {
        this.client = client;
        this.reshaping = reshaping;
        this.executor = executor;
    }

    /**
     * Lets mutating webhooks change the object, one after the other.
     *
     * @return whether something has changed; null where none is to be asked
     */
    public @Nullable CompletionStage<Boolean> mutate(
            HookIndex index, Attributes attributes, Reinvocation reinvocation) {
        if (index.mutatesNothing()) {
            return null;
        }
        return new MutatingRound(this, index.mutating(), attributes, reshaping, reinvocation).run();
    }

    /**
     * Asks validating webhooks, all at once.
     *
     * @return null where none is to be asked
     */
    public @Nullable CompletionStage<Void> validate(HookIndex index, Attributes attributes) {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (Webhook webhook : index.validating()) {
            Kind kind = meant(webhook, attributes);
            if (kind != null) {
                asked.add(ask(webhook, kind, attributes, false).toCompletableFuture());
            }
        }
        if (asked.isEmpty()) {
            return null;
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .handle((_, _) -> {
                    asked.forEach(CompletableFuture::join); // the first by name that failed
                    return null;
                });
    }

    /**
     * The version as which a webhook wants to see the object; null where it does not. What its
     * conditions say of a version that is yet to be made is found out when it is asked.
     */
    @Nullable Kind meant(Webhook webhook, Attributes attributes) {
        Kind kind = webhook.criteria().match(attributes, reshaping.kinds());
        boolean decided =
                kind == null
                        || webhook.conditions().isEmpty()
                        || Shown.asks(attributes, kind)
                        || meets(webhook, kind, attributes);
        return decided ? kind : null;
    }

    /**
     * @param seen with its objects in the kind's version
     */
    private static boolean meets(Webhook webhook, Kind kind, Attributes seen) {
        RequestBindings bindings = new RequestBindings(seen, kind, null, false);
        return switch (webhook.conditions().ask(bindings)) {
            case Answer.Meant _ -> true;
            case Answer.NotMeant _ -> false;
            case Answer.Failed(String message) -> {
                if (webhook.failsOpen()) {
                    yield false;
                }
                throw Refusals.forbidden(seen.kind().resource(), seen.name(), message);
            }
        };
    }

    /**
     * What a webhook answered.
     *
     * @param shown what it was asked about
     * @param patch missing where it has none, or where it was not meant after all
     */
    record Asked(Shown shown, JsonNode patch) {}

    /**
     * The patch in its answer; missing where it has none, or where it did not answer and need not.
     * Fails with a StatusException where the request is denied.
     */
    CompletionStage<Asked> ask(
            Webhook webhook, Kind kind, Attributes attributes, boolean mutating) {
        if (attributes.dryRun() && !webhook.dryRun()) {
            return CompletableFuture.failedFuture(HookFailures.noDryRun(webhook));
        }
        return Shown.of(attributes, kind, reshaping.conversions())
                .thenCompose(shown ->
                        isSpared(webhook, kind, attributes, shown)
                                ? CompletableFuture.completedStage(
                                        new Asked(shown, MissingNode.getInstance()))
                                : ask(
                                                webhook,
                                                Review.of(attributes, kind, shown),
                                                attributes,
                                                mutating)
                                        .thenApply(patch -> new Asked(shown, patch)));
    }

    private static boolean isSpared(
            Webhook webhook, Kind kind, Attributes attributes, Shown shown) {
        return Shown.asks(attributes, kind)
                && !webhook.conditions().isEmpty()
                && !meets(webhook, kind, shown.in(attributes));
    }

    private CompletionStage<JsonNode> ask(
            Webhook webhook, Review review, Attributes attributes, boolean mutating) {
        return called(webhook, review, attributes)
                .thenApplyAsync(
                        answer -> answered(webhook, review, answer, attributes, mutating), executor)
                .exceptionally(failure -> failed(webhook, failure));
    }

    private CompletionStage<HookAnswer> called(
            Webhook webhook, Review review, Attributes attributes) {
        if (!webhook.reviewed()) {
            return CompletableFuture.failedFuture(
                    new HookException(
                            "could not create admission objects: webhook does not accept known"
                                    + " AdmissionReview versions (v1, v1beta1)"));
        }
        HookTarget target;
        try {
            target = webhook.client().target(attributes.state());
        } catch (HookException e) {
            return CompletableFuture.failedFuture(
                    new HookException(
                            "failed to call webhook: Post \""
                                    + webhook.client().shown()
                                    + "?timeout="
                                    + webhook.timeout().toSeconds()
                                    + "s\": "
                                    + e.text()));
        }
        return client.post(new HookCall(target, review.body(), webhook.timeout()))
                .exceptionally(failure -> {
                    Throwable cause = unwrapped(failure);
                    throw new HookException("failed to call webhook: " + cause.getMessage());
                });
    }

    private static JsonNode answered(
            Webhook webhook,
            Review review,
            HookAnswer answer,
            Attributes attributes,
            boolean mutating) {
        JsonNode response = review.response(answer, mutating);
        for (JsonNode warning : response.path("warnings")) {
            attributes.notices().add(warning.asText());
        }
        if (!response.path("allowed").asBoolean(false)) {
            throw HookFailures.denied(webhook, response.path("status"));
        }
        return response.path("patch");
    }

    private static JsonNode failed(Webhook webhook, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof HookException unanswered) {
            if (webhook.failsOpen()) {
                LOGGER.log(
                        Level.WARNING,
                        "failed calling webhook, failing open webhook={0} reason={1}",
                        webhook.name(),
                        unanswered.text());
                return MissingNode.getInstance();
            }
            throw HookFailures.unanswered(webhook, unanswered.text());
        }
        if (cause instanceof StatusException refusal) {
            throw refusal;
        }
        throw new CompletionException(cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }
}
