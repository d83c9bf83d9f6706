package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.workbench.DaemonWorld.DaemonSpec;
import dev.orrery.workbench.DaemonWorld.NodeView;
import dev.orrery.workbench.Moments.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks on every record of a log that a DaemonSet's pods are where they belong. What its
 * controller does must have been right at a moment that it could know of: a pod is created for a
 * node that is meant to have one and has none, or where an update surges; one is taken away because
 * its node is not meant to have one, because there are two, or because it is of an old template and
 * no more are away than may be. A pod that may still run is never forgotten; the status counts what
 * there was.
 *
 * <p>For a set without minReadySeconds. Keeps only what records say of the set and of nodes.
 */
public final class DaemonPlaces implements Invariant {

    private final ObjectKey set;
    private final String prefix;
    private final Moments<DaemonWorld> moments = new Moments<>(DaemonWorld.EMPTY);
    private final Map<String, Made> made = new HashMap<>();

    public DaemonPlaces(ObjectKey set) {
        this.set = set;
        this.prefix = set.name() + "-";
    }

    @Override
    public Optional<String> read(LogRecord record) {
        return moments.apply(record, (world, object) -> next(world, record.key(), object))
                .flatMap(this::check);
    }

    private DaemonWorld next(DaemonWorld world, ObjectKey key, @Nullable JsonNode object) {
        if (key.equals(set)) {
            return object == null ? world : world.withSpec(DaemonSpec.of(object));
        }
        if (isPod(key)) {
            return world.withPod(key.name(), object == null ? null : PodView.of(object));
        }
        return key.resource().resource().equals("nodes")
                ? world.withNode(key.name(), object == null ? null : NodeView.of(object))
                : world;
    }

    private Optional<String> check(Step<DaemonWorld> step) {
        ObjectKey key = step.record().key();
        if (!step.isByController()) {
            return Optional.empty();
        }
        if (key.equals(set)) {
            return status(step);
        }
        if (!isPod(key)) {
            return Optional.empty();
        }
        PodView before = step.before().pods().get(key.name());
        PodView after = step.after().pods().get(key.name());
        if (before == null) {
            return after == null ? Optional.empty() : created(step, after);
        }
        if (before.ended()) {
            return Optional.empty();
        }
        if (after == null && !before.node().isEmpty()) {
            return wrong("%s is forgotten while it may run", before.name());
        }
        boolean taken = !before.deleting() && (after == null || after.deleting());
        return taken ? taken(step, before) : Optional.empty();
    }

    /** The last pod that was created for a node, and what made the controller look. */
    private record Made(String pod, List<Long> because) {}

    private Optional<String> created(Step<DaemonWorld> step, PodView pod) {
        LogRecord record = step.record();
        String node = pod.target();
        if (!pod.owner().equals(step.after().spec().uid())) {
            return wrong("%s is created without its owner", pod.name());
        }
        Made twin = made.put(node, new Made(pod.name(), record.header().cause()));
        if (twin != null
                && twin.because().equals(record.header().cause())
                && step.before().pods().containsKey(twin.pod())) {
            return wrong("two pods are created for %s for one reason", node);
        }
        if (!moments.held(record, world -> world.mayHaveNew(node))) {
            return wrong("a pod is created for %s, which is not meant to have one", node);
        }
        if (!moments.held(record, world -> world.mayHaveNew(node) && world.hasRoom(node))) {
            return wrong("a pod is created for %s, which has one", node);
        }
        return moments.held(record, world -> world.maySurge(node))
                ? Optional.empty()
                : wrong("a pod is created for %s, and too many nodes have two", node);
    }

    private Optional<String> taken(Step<DaemonWorld> step, PodView pod) {
        boolean right =
                moments.held(
                        step.record(),
                        world -> {
                            PodView then = world.pods().getOrDefault(pod.name(), pod);
                            return !world.isPlace(then.target())
                                    || world.isDoubled(then)
                                    || world.mayUpdate(then);
                        });
        return right
                ? Optional.empty()
                : wrong("%s is taken away, and was neither misplaced nor its turn", pod.name());
    }

    private Optional<String> status(Step<DaemonWorld> step) {
        JsonNode object = step.object();
        if (object == null || !object.has("status")) {
            return Optional.empty();
        }
        LogRecord record = step.record();
        int ready = object.path("status").path("numberReady").asInt();
        int scheduled = object.path("status").path("currentNumberScheduled").asInt();
        if (!moments.held(record, world -> world.nodesWith(PodView::ready) >= ready)) {
            return wrong("the status counts %d ready pods, and there were never as many", ready);
        }
        return moments.held(record, world -> world.nodesWith(_ -> true) == scheduled)
                ? Optional.empty()
                : wrong("the status counts %d nodes with a pod, and there were not", scheduled);
    }

    private static Optional<String> wrong(String format, Object what) {
        return Optional.of(format.formatted(what));
    }

    private boolean isPod(ObjectKey key) {
        return key.resource().resource().equals("pods")
                && key.namespace().equals(set.namespace())
                && key.name().startsWith(prefix);
    }
}
