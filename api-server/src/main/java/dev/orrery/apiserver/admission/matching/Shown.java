package dev.orrery.apiserver.admission.matching;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Reshaping;
import dev.orrery.apiserver.conversion.Conversions;
import dev.orrery.apiserver.kind.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The objects of a request in the version that a policy or a webhook wants to see. */
public record Shown(@Nullable ObjectNode object, @Nullable ObjectNode old) {

    /** Whether another webhook has to convert them. */
    public static boolean asks(Attributes attributes, Kind kind) {
        return Conversions.mayAsk(kind)
                && !kind.equals(attributes.kind())
                && !attributes.subresource().equals(Reshaping.SCALE);
    }

    /** At once, unless somebody has to be asked. */
    public static CompletionStage<Shown> of(
            Attributes attributes, Kind kind, Conversions conversions) {
        if (!asks(attributes, kind)) {
            return CompletableFuture.completedFuture(
                    new Shown(
                            RequestView.object(attributes, kind),
                            RequestView.old(attributes, kind)));
        }
        return converted(conversions, kind, attributes.object())
                .thenCombine(
                        converted(conversions, kind, attributes.old()),
                        (object, old) -> new Shown(object.orElse(null), old.orElse(null)));
    }

    /** The request with these for its objects. */
    public Attributes in(Attributes attributes) {
        return attributes.with(object, old);
    }

    private static CompletionStage<Optional<ObjectNode>> converted(
            Conversions conversions, Kind kind, @Nullable ObjectNode object) {
        if (object == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletionStage<ObjectNode> asked = conversions.converted(kind, object);
        return asked == null
                ? CompletableFuture.completedFuture(Optional.of(object))
                : asked.thenApply(made -> Optional.ofNullable(RequestView.inVersion(made, kind)));
    }
}
