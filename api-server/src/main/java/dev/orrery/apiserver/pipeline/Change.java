package dev.orrery.apiserver.pipeline;

import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.ObjectKey;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants, given what there is. Asked again, from newer state, where another write got
 * in between: it must not keep anything from one time to the next.
 */
@FunctionalInterface
public interface Change {

    /**
     * @param objects the state of the log that the object is in
     * @param registry the state that admission looks at; often the same
     * @throws dev.orrery.apiserver.status.StatusException to refuse
     */
    Next next(ClusterState objects, ClusterState registry);

    /** What is to happen to one object. */
    sealed interface Next {

        /**
         * A new version.
         *
         * @param prev the version that it replaces; 0 for a new object
         */
        @SuppressWarnings("ArrayRecordComponent") // bytes are kept once
        record Put(ObjectKey key, long prev, byte[] value) implements Next {}

        /**
         * The object goes.
         *
         * @param last as it is when it goes, which may be newer than what is stored
         */
        @SuppressWarnings("ArrayRecordComponent") // bytes are kept once
        record Remove(ObjectKey key, long prev, byte[] last) implements Next {}

        /** Nothing needs to be written. */
        record Keep(Stored current) implements Next {}

        /**
         * Somebody has been asked.
         *
         * @param asked fails where the request is refused for good, whatever the state
         * @param rest to be asked once it is complete; refuses as {@link Change#next} does
         */
        record Later(CompletionStage<Void> asked, Supplier<Next> rest) implements Next {}

        /**
         * What follows, now or later.
         *
         * @param asked null where there is nothing to wait for
         */
        static Next after(@Nullable CompletionStage<Void> asked, Supplier<Next> rest) {
            return asked == null ? rest.get() : new Later(asked, rest);
        }

        /**
         * What follows from something that has to be asked for.
         *
         * @param asked null where it is as it is
         */
        static <T> Next with(@Nullable CompletionStage<T> asked, T asItIs, Function<T, Next> rest) {
            return asked == null
                    ? rest.apply(asItIs)
                    : new Later(
                            asked.thenAccept(_ -> {}),
                            () -> rest.apply(asked.toCompletableFuture().join()));
        }
    }
}
