package dev.orrery.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.ManualClock;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The world around a scheduler under test: objects in maps, an api-server that knows bindings,
 * status patches and deletions, a clock that is moved by hand, and an executor whose tasks run when
 * the test says so. All on the test's thread.
 */
final class FakeCluster implements Transport, EventRecorder {

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00Z"));
    final FakeInformers informers = new FakeInformers();
    final List<String> events = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final Scheduler scheduler;

    /** Writes that are to fail, with no answer. */
    Predicate<Call> unanswered = call -> false;

    private final Deque<Runnable> tasks = new ArrayDeque<>();

    FakeCluster() {
        this(SchedulerConfig.DEFAULT, 1);
    }

    FakeCluster(SchedulerConfig config, long seed) {
        Surroundings surroundings =
                new Surroundings(
                        clock,
                        tasks::add,
                        new Random(seed),
                        new StoreClient(this),
                        informers,
                        this);
        scheduler = new Scheduler(surroundings, config);
        scheduler.start();
    }

    /** Creates or replaces objects and lets everything happen that follows from it at once. */
    void put(HasMetadata... objects) {
        for (HasMetadata object : objects) {
            informers.put(object);
        }
        settle();
    }

    void delete(HasMetadata object) {
        informers.delete(object);
        settle();
    }

    /** Runs all tasks, and those that follow from them; no time passes. */
    void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Runs one task. */
    boolean step() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    void pass(Duration time) {
        clock.advance(time);
        settle();
    }

    Pod pod(String name) {
        return Objects.requireNonNull(informers.of(Pod.class).get("default", name), name);
    }

    boolean hasPod(String name) {
        return informers.of(Pod.class).get("default", name) != null;
    }

    /** Empty if the pod is not bound. */
    String nodeOf(String pod) {
        return Objects.requireNonNullElse(pod(pod).getSpec().getNodeName(), "");
    }

    /** {@code True}, or {@code False Unschedulable the message}; empty if there is none. */
    String scheduled(String pod) {
        return condition(pod, "PodScheduled");
    }

    String condition(String pod, String type) {
        return pod(pod).getStatus().getConditions().stream()
                .filter(each -> type.equals(each.getType()))
                .map(each ->
                        String.join(
                                " ",
                                each.getStatus(),
                                Objects.requireNonNullElse(each.getReason(), ""),
                                Objects.requireNonNullElse(each.getMessage(), "")))
                .map(String::trim)
                .findFirst()
                .orElse("");
    }

    @Override
    public Answer call(Call call) {
        calls.add(call);
        if (unanswered.test(call)) {
            throw new StoreUnavailableException("no answer", null);
        }
        return switch (call.resource() + " " + call.verb() + " " + call.subresource()) {
            case "pods create binding" -> bind(call);
            case "pods patch status" -> patchStatus(call);
            case "pods delete " -> remove(call);
            case "persistentvolumeclaims patch " -> patchClaim(call);
            case "persistentvolumes patch " -> patchVolume(call);
            default -> throw new IllegalStateException("unexpected " + call);
        };
    }

    private Answer bind(Call call) {
        Pod pod = informers.of(Pod.class).get(call.namespace(), call.name());
        if (pod == null) {
            return refused(404, "NotFound", "pods \"" + call.name() + "\" not found");
        }
        if (pod.getSpec().getNodeName() != null) {
            return refused(
                    409,
                    "Conflict",
                    "Operation cannot be fulfilled on pods/binding \""
                            + call.name()
                            + "\": pod "
                            + call.name()
                            + " is already assigned to node \""
                            + pod.getSpec().getNodeName()
                            + "\"");
        }
        String node = Json.read(call.body(), Binding.class).getTarget().getName();
        informers.put(
                pod.edit()
                        .editSpec()
                        .withNodeName(node)
                        .endSpec()
                        .editStatus()
                        .removeMatchingFromConditions(each -> "PodScheduled".equals(each.getType()))
                        .addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());
        return new Answer(201, Json.write(new StatusBuilder().withStatus("Success").build()), 0);
    }

    private Answer patchStatus(Call call) {
        Pod pod = informers.of(Pod.class).get(call.namespace(), call.name());
        if (pod == null) {
            return refused(404, "NotFound", "pods \"" + call.name() + "\" not found");
        }
        ObjectNode json = Json.MAPPER.valueToTree(pod);
        JsonNode patch = Json.read(call.body(), JsonNode.class).path("status");
        ObjectNode status = (ObjectNode) json.get("status");
        if (patch.has("nominatedNodeName")) {
            status.set("nominatedNodeName", patch.get("nominatedNodeName"));
        }
        for (JsonNode condition : patch.path("conditions")) {
            merge(status.withArray("conditions"), condition);
        }
        return stored(Json.convert(json, Pod.class));
    }

    private static void merge(ArrayNode conditions, JsonNode patch) {
        for (JsonNode held : conditions) {
            if (held.path("type").equals(patch.path("type"))) {
                ((ObjectNode) held).setAll((ObjectNode) patch);
                return;
            }
        }
        conditions.add(patch);
    }

    private Answer remove(Call call) {
        Pod pod = informers.of(Pod.class).get(call.namespace(), call.name());
        if (pod == null) {
            return refused(404, "NotFound", "pods \"" + call.name() + "\" not found");
        }
        return stored(
                pod.edit()
                        .editMetadata()
                        .withDeletionTimestamp(clock.instant().toString())
                        .withDeletionGracePeriodSeconds(30L)
                        .endMetadata()
                        .build());
    }

    private Answer patchClaim(Call call) {
        var claims = informers.of(io.fabric8.kubernetes.api.model.PersistentVolumeClaim.class);
        var claim = Objects.requireNonNull(claims.get(call.namespace(), call.name()));
        ObjectNode json = Json.MAPPER.valueToTree(claim);
        JsonNode patch = Json.read(call.body(), JsonNode.class).path("metadata");
        ObjectNode metadata = (ObjectNode) json.get("metadata");
        metadata.withObject("/annotations").setAll((ObjectNode) patch.path("annotations"));
        return stored(Json.convert(json, claim.getClass()));
    }

    private Answer patchVolume(Call call) {
        var volume =
                Objects.requireNonNull(informers.of(PersistentVolume.class).get("", call.name()));
        ObjectNode json = Json.MAPPER.valueToTree(volume);
        JsonNode patch = Json.read(call.body(), JsonNode.class).path("spec");
        json.withObject("/spec").set("claimRef", patch.path("claimRef"));
        return stored(Json.convert(json, PersistentVolume.class));
    }

    private Answer stored(HasMetadata object) {
        informers.put(object);
        return new Answer(200, Json.write(object), 0);
    }

    private static Answer refused(int code, String reason, String message) {
        byte[] status =
                Json.write(
                        new StatusBuilder()
                                .withCode(code)
                                .withReason(reason)
                                .withMessage(message)
                                .build());
        return new Answer(code, status, 0);
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void normal(HasMetadata regarding, String reason, String message) {
        event(regarding, "", "Normal", reason, message);
    }

    @Override
    public void warning(HasMetadata regarding, String reason, String message) {
        event(regarding, "", "Warning", reason, message);
    }

    @Override
    public void event(
            HasMetadata regarding, String fieldPath, String type, String reason, String message) {
        String name = regarding.getMetadata().getName();
        events.add(name + " " + type + " " + reason + ": " + message);
    }
}
