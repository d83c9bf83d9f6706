package dev.orrery.apiserver.conversion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.conversion.ConvertedObjects.Name;
import dev.orrery.apiserver.hook.HookConversion;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.store.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Shows stored objects in the version of a request where only a webhook knows how. Every method
 * answers null where nothing has to be asked, which is the rule. For any thread; never blocks.
 *
 * <p>An object that was converted says so itself, by its apiVersion: everything behind this reads
 * it as if it had been stored that way.
 */
public final class Conversions {

    /** In one review, so that neither it nor its answer becomes too large. */
    private static final int MOST_OBJECTS = 500;

    private static final int MOST_BYTES = 1 << 20;

    private final Converter converter;
    private final ConvertedObjects known = new ConvertedObjects();

    public Conversions(Converter converter) {
        this.converter = converter;
    }

    private static @Nullable HookConversion hook(Kind kind) {
        return kind.custom() == null ? null : kind.custom().hook();
    }

    /** Whether objects of the kind may have to be asked for. */
    public static boolean mayAsk(Kind kind) {
        return hook(kind) != null;
    }

    /** Objects are stored with their kind and version first. */
    private static byte[] start(Kind kind) {
        return ("{\"kind\":\"" + kind.kind() + "\",\"apiVersion\":\"" + kind.apiVersion() + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] value, byte[] start) {
        return value.length >= start.length
                && Arrays.equals(value, 0, start.length, start, 0, start.length);
    }

    /** A stored object in the kind's version; the same one where it is. */
    public @Nullable CompletionStage<Stored> shown(Kind kind, Stored object) {
        if (hook(kind) == null || startsWith(object.value(), start(kind))) {
            return null;
        }
        CompletionStage<List<Stored>> all = shown(kind, List.of(object));
        return all == null ? null : all.thenApply(List::getFirst);
    }

    /** Stored objects in the kind's version, in their order. */
    public @Nullable CompletionStage<List<Stored>> shown(Kind kind, List<Stored> objects) {
        HookConversion hook = hook(kind);
        if (hook == null) {
            return null;
        }
        byte[] start = start(kind);
        List<CompletableFuture<Stored>> shown = new ArrayList<>(objects.size());
        List<Asked> missing = new ArrayList<>();
        for (Stored object : objects) {
            shown.add(
                    startsWith(object.value(), start)
                            ? CompletableFuture.completedFuture(object)
                            : found(hook, kind, object, missing));
        }
        ask(hook, kind, missing);
        return CompletableFuture.allOf(shown.toArray(CompletableFuture[]::new))
                .thenApply(_ -> shown.stream().map(CompletableFuture::join).toList());
    }

    /** One that nobody has asked for yet. */
    private record Asked(Stored object, CompletableFuture<Stored> answer) {}

    private CompletableFuture<Stored> found(
            HookConversion hook, Kind kind, Stored object, List<Asked> missing) {
        Name name =
                new Name(
                        object.key(), object.resourceVersion(), kind.apiVersion(), hook.identity());
        synchronized (known) {
            CompletableFuture<Stored> made = known.get(name);
            if (made == null) {
                made = known.add(name);
                missing.add(new Asked(object, made));
            }
            return made;
        }
    }

    private void ask(HookConversion hook, Kind kind, List<Asked> missing) {
        int from = 0;
        while (from < missing.size()) {
            int to = from;
            long bytes = 0;
            while (to < missing.size()
                    && to - from < MOST_OBJECTS
                    && (to == from || bytes + size(missing.get(to)) <= MOST_BYTES)) {
                bytes += size(missing.get(to++));
            }
            askAtOnce(hook, kind, missing.subList(from, to));
            from = to;
        }
    }

    private static int size(Asked asked) {
        return asked.object().value().length;
    }

    private void askAtOnce(HookConversion hook, Kind kind, List<Asked> some) {
        List<ObjectNode> trees =
                some.stream().map(asked -> Trees.read(asked.object().value())).toList();
        converter
                .convert(hook, kind.apiVersion(), trees)
                .whenComplete((made, failure) -> {
                    for (int i = 0; i < some.size(); i++) {
                        Asked asked = some.get(i);
                        if (failure == null) {
                            Stored object = asked.object();
                            byte[] value = Trees.store(made.get(i));
                            asked.answer()
                                    .complete(
                                            new Stored(
                                                    object.key(), object.resourceVersion(), value));
                        } else {
                            asked.answer().completeExceptionally(unwrapped(failure));
                        }
                    }
                });
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }

    /**
     * An object in a version of its kind; neither is changed.
     *
     * @param kind in whose version it is to be
     */
    public @Nullable CompletionStage<ObjectNode> converted(Kind kind, ObjectNode object) {
        return converted(kind, kind.apiVersion(), object);
    }

    /** An object in the version in which the log keeps it. */
    public @Nullable CompletionStage<ObjectNode> stored(Kind kind, ObjectNode object) {
        return kind.custom() == null
                ? null
                : converted(kind, kind.custom().storedApiVersion(), object);
    }

    private @Nullable CompletionStage<ObjectNode> converted(
            Kind kind, String apiVersion, ObjectNode object) {
        HookConversion hook = hook(kind);
        if (hook == null || object.path("apiVersion").asText("").equals(apiVersion)) {
            return null;
        }
        return converter
                .convert(hook, apiVersion, List.of(object.deepCopy()))
                .thenApply(List::getFirst);
    }
}
