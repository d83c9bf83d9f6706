package dev.orrery.apiserver.conversion;

import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.log.ObjectKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks have made, and are making, of stored objects: many lists and watches ask for the
 * same. Kept until others have been used more lately. For any thread.
 */
final class ConvertedObjects {

    /** As much as a few thousand ordinary objects take, in some versions each. */
    private static final long MOST_BYTES = 32L << 20;

    /** Also counts those that are still being made. */
    private static final int MOST_OBJECTS = 20_000;

    /** Beside the object itself. */
    private static final int ENTRY_BYTES = 300;

    private final LinkedHashMap<Name, CompletableFuture<Stored>> objects =
            new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * One version of an object, as a definition has it converted.
     *
     * @param hook {@link dev.orrery.apiserver.hook.HookConversion#identity}
     */
    record Name(ObjectKey key, long resourceVersion, String apiVersion, String hook) {}

    synchronized @Nullable CompletableFuture<Stored> get(Name name) {
        return objects.get(name);
    }

    @SuppressWarnings("ReferenceEquality") // another one may be in its place
    private synchronized void settled(Name name, CompletableFuture<Stored> future) {
        if (objects.get(name) != future) {
            return;
        }
        if (future.isCompletedExceptionally()) {
            objects.remove(name);
        } else {
            bytes += weight(future.join());
            trim();
        }
    }

    /** A place for an object that is about to be made; forgotten if that fails. */
    CompletableFuture<Stored> add(Name name) {
        CompletableFuture<Stored> future = new CompletableFuture<>();
        synchronized (this) {
            objects.put(name, future);
            trim();
        }
        var _ = future.whenComplete((_, _) -> settled(name, future));
        return future;
    }

    private static int weight(Stored object) {
        return object.value().length + ENTRY_BYTES;
    }

    private void trim() {
        Iterator<Map.Entry<Name, CompletableFuture<Stored>>> eldest = objects.entrySet().iterator();
        while (eldest.hasNext() && (bytes > MOST_BYTES || objects.size() > MOST_OBJECTS)) {
            CompletableFuture<Stored> gone = eldest.next().getValue();
            eldest.remove();
            if (gone.isDone() && !gone.isCompletedExceptionally()) {
                bytes -= weight(gone.join());
            }
        }
    }
}
