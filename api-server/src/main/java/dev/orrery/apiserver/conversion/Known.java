package dev.orrery.apiserver.conversion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a decision that takes no time ask for objects in other versions, although a webhook takes
 * some: it is interrupted where one is not known yet, and made again when it is. One request's own,
 * used by one thread at a time.
 */
public final class Known {

    /**
     * A kind has some ten versions at most, and an object before and after is asked for in each.
     */
    private static final int MOST = 100;

    private final Map<Wanted, ObjectNode> objects = new HashMap<>();

    /** By content: trees change. */
    private record Wanted(ByteBuffer object, String apiVersion) {

        static Wanted of(Kind kind, ObjectNode object) {
            return new Wanted(ByteBuffer.wrap(Trees.write(object)), kind.apiVersion());
        }
    }

    /** Where a decision stopped. */
    private static final class UnknownException extends RuntimeException {

        private final transient Kind kind;
        private final transient ObjectNode object;

        UnknownException(Kind kind, ObjectNode object) {
            super("not converted yet", null, false, false);
            this.kind = kind;
            this.object = object;
        }
    }

    /**
     * An object in a kind's version, to be called in a decision only.
     *
     * @param object in another version; not changed
     */
    public ObjectNode converted(Kind kind, ObjectNode object) {
        ObjectNode made = objects.get(Wanted.of(kind, object));
        if (made == null) {
            throw new UnknownException(kind, object.deepCopy());
        }
        return made.deepCopy();
    }

    /** What is decided, or that it is going to be. */
    public sealed interface Decision<T> {

        record Made<T>(T value) implements Decision<T> {}

        /**
         * Ask again.
         *
         * @param asked then
         */
        record Awaits<T>(CompletionStage<Void> asked) implements Decision<T> {}
    }

    /**
     * Decides.
     *
     * @param decision made anew each time; throws to refuse
     */
    public <T> Decision<T> decide(Conversions conversions, Supplier<T> decision) {
        try {
            return new Decision.Made<>(decision.get());
        } catch (UnknownException unknown) {
            return new Decision.Awaits<>(learn(conversions, unknown));
        }
    }

    private CompletionStage<Void> learn(Conversions conversions, UnknownException unknown) {
        if (objects.size() >= MOST) {
            throw new IllegalStateException("a decision asks for ever more conversions", unknown);
        }
        Wanted wanted = Wanted.of(unknown.kind, unknown.object);
        @Nullable CompletionStage<ObjectNode> asked =
                conversions.converted(unknown.kind, unknown.object);
        if (asked == null) {
            objects.put(wanted, unknown.object);
            return CompletableFuture.completedStage(null);
        }
        return asked.thenAccept(made -> objects.put(wanted, made));
    }
}
