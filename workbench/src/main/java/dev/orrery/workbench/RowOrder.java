package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.workbench.Moments.Step;
import dev.orrery.workbench.RowWorld.RowSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks on every record of a log that a StatefulSet's row of pods is kept in order. What its
 * controller does must have been right at a moment that it could know of: a pod is created in an
 * empty place of the row, when all before it serve; one is taken away because the row has become
 * shorter, from the end, or because it is of an old template, from the end and not below the
 * partition, while no more are away than may be, or because it has ended. A pod that may still run
 * is never forgotten, so that there are never two of one identity; the status counts what there
 * was.
 *
 * <p>For a set of rolling updates that begins at ordinal 0 and has no minReadySeconds. Keeps only
 * what records say of the set.
 */
public final class RowOrder implements Invariant {

    private final ObjectKey set;
    private final String prefix;
    private final Moments<RowWorld> moments = new Moments<>(RowWorld.EMPTY);

    public RowOrder(ObjectKey set) {
        this.set = set;
        this.prefix = set.name() + "-";
    }

    @Override
    public Optional<String> read(LogRecord record) {
        return moments.apply(record, (world, object) -> next(world, record.key(), object))
                .flatMap(this::check);
    }

    private RowWorld next(RowWorld world, ObjectKey key, @Nullable JsonNode object) {
        if (key.equals(set)) {
            return object == null ? world : world.withSpec(RowSpec.of(object));
        }
        int ordinal = ordinal(key);
        if (ordinal >= 0) {
            return world.withPod(ordinal, object == null ? null : PodView.of(object));
        }
        return key.resource().resource().equals("nodes")
                ? world.withNode(key.name(), object != null && isLost(object))
                : world;
    }

    private Optional<String> check(Step<RowWorld> step) {
        if (!step.isByController()) {
            return Optional.empty();
        }
        if (step.record().key().equals(set)) {
            return status(step);
        }
        int ordinal = ordinal(step.record().key());
        if (ordinal < 0) {
            return Optional.empty();
        }
        PodView before = step.before().pods().get(ordinal);
        PodView after = step.after().pods().get(ordinal);
        if (before == null) {
            return after == null ? Optional.empty() : created(step, ordinal, after);
        }
        if (before.ended()) {
            return Optional.empty();
        }
        if (after == null && !before.node().isEmpty()) {
            return wrong("%s is forgotten while it may run", before.name());
        }
        boolean taken = !before.deleting() && (after == null || after.deleting());
        return taken ? taken(step, ordinal, before) : Optional.empty();
    }

    private Optional<String> created(Step<RowWorld> step, int ordinal, PodView pod) {
        LogRecord record = step.record();
        if (!pod.owner().equals(step.after().spec().uid())) {
            return wrong("%s is created without its owner", pod.name());
        }
        if (!moments.held(record, world -> world.wants(ordinal))) {
            return wrong("%s is created, and nobody wanted it", pod.name());
        }
        boolean inOrder =
                moments.held(
                        record,
                        world ->
                                world.wants(ordinal)
                                        && (!world.spec().ordered()
                                                || world.servesBefore(ordinal)));
        return inOrder
                ? Optional.empty()
                : wrong("%s is created before all pods before it serve", pod.name());
    }

    private Optional<String> taken(Step<RowWorld> step, int ordinal, PodView pod) {
        LogRecord record = step.record();
        boolean right =
                moments.held(
                        record,
                        world ->
                                world.mayUpdate(ordinal)
                                        || isSurplus(world, ordinal)
                                        || world.hasEnded(ordinal)
                                        || world.lostNodes().contains(pod.node()));
        return right
                ? Optional.empty()
                : wrong("%s is taken away, and was neither too many nor its turn", pod.name());
    }

    private static boolean isSurplus(RowWorld world, int ordinal) {
        return !world.wants(ordinal) && (!world.spec().ordered() || world.isEmptyAfter(ordinal));
    }

    private Optional<String> status(Step<RowWorld> step) {
        JsonNode object = step.object();
        if (object == null || !object.has("status")) {
            return Optional.empty();
        }
        LogRecord record = step.record();
        int ready = object.path("status").path("readyReplicas").asInt();
        int replicas = object.path("status").path("replicas").asInt();
        if (!moments.held(record, world -> world.count(RowOrder::isReady) == ready)) {
            return wrong("the status counts %d ready pods, and there were never as many", ready);
        }
        return moments.held(record, world -> world.pods().size() == replicas)
                ? Optional.empty()
                : wrong("the status counts %d pods, and there were never as many", replicas);
    }

    /** Whoever ended does not count, whatever its conditions say. */
    private static boolean isReady(PodView pod) {
        return pod.ready() && !pod.ended();
    }

    private static Optional<String> wrong(String format, Object what) {
        return Optional.of(format.formatted(what));
    }

    /** -1 for what is no pod of the set. */
    private int ordinal(ObjectKey key) {
        return key.resource().resource().equals("pods")
                        && key.namespace().equals(set.namespace())
                        && key.name().startsWith(prefix)
                ? Integer.parseInt(key.name().substring(prefix.length()))
                : -1;
    }

    /** Its node controller has said so. */
    private static boolean isLost(JsonNode node) {
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return !condition.path("status").asText().equals("True");
            }
        }
        return true;
    }
}
