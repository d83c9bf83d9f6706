package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.rules.Claims;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Outcome;
import dev.orrery.apiserver.store.Store;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.log.WriteHeader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one write takes and gives up of what only one object may have. It is taken before the object
 * is written, so that a crash in between leaves a claim without its object, never an object without
 * its claim; given up afterwards. Used once; each step begins when the one before has ended.
 */
final class Holdings {

    private final Map<ObjectKey, byte[]> wanted;
    private final Set<ObjectKey> unwanted;
    private final Predicate<JsonNode> own;
    private final Store store;
    private final LongFunction<WriteHeader> header;
    private final Map<ObjectKey, Long> taken = new LinkedHashMap<>();

    private Holdings(
            Map<ObjectKey, byte[]> wanted,
            Set<ObjectKey> unwanted,
            Predicate<JsonNode> own,
            Store store,
            LongFunction<WriteHeader> header) {
        this.wanted = wanted;
        this.unwanted = unwanted;
        this.own = own;
        this.store = store;
        this.header = header;
    }

    /**
     * @param old what the object is; null for a new one
     * @param value what it is to be; null if it goes
     * @param header of a write that replaces that version
     */
    static Holdings between(
            Claims claims,
            @Nullable Stored old,
            byte @Nullable [] value,
            Instant now,
            Store store,
            LongFunction<WriteHeader> header) {
        JsonNode after = value == null ? MissingNode.getInstance() : Trees.read(value);
        JsonNode before = old == null ? MissingNode.getInstance() : Trees.read(old.value());
        Set<ObjectKey> kept = claims.of(after);
        Set<ObjectKey> had = claims.of(before);
        Map<ObjectKey, byte[]> wanted = new LinkedHashMap<>();
        for (ObjectKey claim : kept) {
            if (!had.contains(claim)) {
                wanted.put(claim, Trees.store(claims.mark(claim, after, now)));
            }
        }
        Set<ObjectKey> unwanted = new HashSet<>(had);
        unwanted.removeAll(kept);
        return new Holdings(wanted, unwanted, mark -> claims.names(mark, before), store, header);
    }

    /** Takes all of it, or as far as it gets; whether it got everything. */
    CompletionStage<Boolean> take(ClusterState state) {
        return take(List.copyOf(wanted.keySet()), 0, state);
    }

    private CompletionStage<Boolean> take(List<ObjectKey> claims, int index, ClusterState state) {
        if (index == claims.size()) {
            return CompletableFuture.completedFuture(true);
        }
        ObjectKey claim = claims.get(index);
        Stored present = state.get(claim);
        long prev = present == null ? 0 : present.resourceVersion();
        return store.write(claim, wanted.get(claim), header.apply(prev))
                .thenCompose(outcome -> {
                    if (!(outcome instanceof Outcome.Won(long version))) {
                        return CompletableFuture.completedFuture(false);
                    }
                    taken.put(claim, version);
                    return take(claims, index + 1, state);
                });
    }

    /** After the object's own write: gives up what it no longer has, or what it took in vain. */
    CompletionStage<Outcome> settle(Outcome outcome) {
        Map<ObjectKey, Long> released =
                switch (outcome) {
                    case Outcome.Won _ -> versions(unwanted);
                    case Outcome.Lost _ -> taken;
                };
        CompletionStage<?> done = CompletableFuture.completedFuture(outcome);
        for (Map.Entry<ObjectKey, Long> claim : new ArrayList<>(released.entrySet())) {
            done =
                    done.thenCompose(
                            _ -> store.write(claim.getKey(), null, header.apply(claim.getValue())));
        }
        return done.thenApply(_ -> outcome);
    }

    private Map<ObjectKey, Long> versions(Set<ObjectKey> claims) {
        Map<ObjectKey, Long> versions = new LinkedHashMap<>();
        ClusterState state = store.current();
        for (ObjectKey claim : claims) {
            Stored present = state.get(claim);
            if (present != null && own.test(Trees.read(present.value()))) {
                versions.put(claim, present.resourceVersion());
            }
        }
        return versions;
    }
}
