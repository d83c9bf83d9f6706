package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks on every record of a log, whoever recorded it, that a Deployment's rolling update stays
 * within its bounds: it never has more pods than its replicas and its surge, and its controller
 * never takes an available pod away where too few would be left. Pods on their way out do not count
 * as pods. For a Deployment whose replicas stay the same and that has no minReadySeconds, so that a
 * pod is available while it is ready.
 *
 * <p>The controller answers for what it could know. Where it dropped pods that were not available,
 * and they became so before its decision reached them, it has taken nothing away: it must leave as
 * many as there were at some moment since the records that it decided by, or as many as are needed.
 * Nor does it answer for pods that others took since then: it goes by what its sets last said.
 *
 * <p>Reads all records in order from the first; keeps only what they say of the Deployment.
 */
public final class RolloutBounds implements Invariant {

    private static final String ACCOUNTS = "system:serviceaccount:kube-system:";

    /** Decides how many pods each set has. */
    private static final String DEPLOYMENTS = ACCOUNTS + "deployment-controller";

    /** Makes and takes them. */
    private static final String REPLICA_SETS = ACCOUNTS + "replicaset-controller";

    private final ObjectKey deployment;
    private final int most;
    private final int fewest;
    private final Map<ObjectKey, Long> versions = new HashMap<>();
    private final Map<ObjectKey, Owned> sets = new HashMap<>();
    private final Map<ObjectKey, RunningPod> pods = new HashMap<>();
    private final Map<String, Long> shrunkBy = new HashMap<>();
    private final TreeMap<Long, Long> availableSince = new TreeMap<>();
    private final TreeSet<Long> losses = new TreeSet<>();
    private final Map<Long, Long> oldestCauses = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private String deploymentUid = "";

    /**
     * @param most pods that there may be: replicas and maxSurge
     * @param fewest available pods that the controller must leave: replicas less maxUnavailable
     */
    public RolloutBounds(ObjectKey deployment, int most, int fewest) {
        this.deployment = deployment;
        this.most = most;
        this.fewest = fewest;
    }

    @Override
    public Optional<String> read(LogRecord record) {
        if (!record.takesEffect(versions.getOrDefault(record.key(), 0L))) {
            return Optional.empty();
        }
        RunningPod before = pods.get(record.key());
        keep(record);
        Optional<String> wrong = check(record, before);
        if (before != null && isLost(before, record)) {
            losses.add(record.resourceVersion());
        }
        availableSince.put(record.resourceVersion(), count(RunningPod::ready));
        return wrong;
    }

    private Optional<String> check(LogRecord record, @Nullable RunningPod before) {
        long now = count(pod -> !pod.risen());
        if (now > most) {
            return Optional.of("%d pods, and %d are allowed".formatted(now, most));
        }
        long left = count(RunningPod::ready);
        if (before != null && isTaken(before, record) && left < needed(before)) {
            return Optional.of(
                    "the controller left %d pods available, and %d are needed"
                            .formatted(left, fewest));
        }
        return Optional.empty();
    }

    private boolean isTaken(RunningPod before, LogRecord record) {
        return before.ready()
                && isOurs(before)
                && !pods.containsKey(record.key())
                && isBy(REPLICA_SETS, record);
    }

    /** Somebody else took it, or it is no longer available of its own. */
    private boolean isLost(RunningPod before, LogRecord record) {
        RunningPod now = pods.get(record.key());
        return before.ready()
                && isOurs(before)
                && (now == null || !now.ready())
                && !isBy(REPLICA_SETS, record);
    }

    private long needed(RunningPod taken) {
        Long decided = shrunkBy.get(taken.owner());
        Long since = decided == null ? null : availableSince.floorKey(decided);
        if (since == null) {
            return fewest;
        }
        long unknown = losses.tailSet(since).size();
        return availableSince.tailMap(since).values().stream().reduce(fewest - unknown, Math::min);
    }

    /** The oldest record that this one goes back to, over one other at most. */
    private long basis(LogRecord record) {
        long oldest = record.resourceVersion();
        for (long cause : record.header().cause()) {
            oldest = Math.min(oldest, Math.min(cause, oldestCauses.getOrDefault(cause, cause)));
        }
        return oldest;
    }

    private static boolean isBy(String account, LogRecord record) {
        return record.header().actor().startsWith(account);
    }

    private void keep(LogRecord record) {
        ObjectKey key = record.key();
        byte[] value = record.value();
        if (value == null) {
            versions.remove(key);
            sets.remove(key);
            pods.remove(key);
            return;
        }
        versions.put(key, record.resourceVersion());
        oldestCauses.put(
                record.resourceVersion(),
                record.header().cause().stream().reduce(record.resourceVersion(), Math::min));
        if (key.equals(deployment)) {
            deploymentUid = Owned.of(parse(value)).uid();
            return;
        }
        switch (key.resource().resource()) {
            case "replicasets" -> keepSet(record, Owned.of(parse(value)));
            case "pods" -> keepPod(key, parse(value));
            default -> {}
        }
    }

    private void keepSet(LogRecord record, Owned set) {
        Owned before = sets.put(record.key(), set);
        if (before != null && set.replicas() < before.replicas() && isBy(DEPLOYMENTS, record)) {
            shrunkBy.put(set.uid(), basis(record));
        }
    }

    private void keepPod(ObjectKey key, JsonNode pod) {
        String phase = pod.path("status").path("phase").asText();
        String uid = pod.path("metadata").path("uid").asText();
        boolean hasEnded = phase.equals("Succeeded") || phase.equals("Failed");
        if (hasEnded) {
            ended.add(uid);
        }
        if (hasEnded || pod.path("metadata").has("deletionTimestamp")) {
            pods.remove(key);
        } else {
            pods.put(key, new RunningPod(Owned.of(pod).owner(), isReady(pod), ended.contains(uid)));
        }
    }

    private long count(Predicate<RunningPod> which) {
        return pods.values().stream().filter(which).filter(this::isOurs).count();
    }

    private boolean isOurs(RunningPod pod) {
        return sets.values().stream()
                .anyMatch(
                        set -> set.owner().equals(deploymentUid) && set.uid().equals(pod.owner()));
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static JsonNode parse(byte[] value) {
        return Json.read(value, JsonNode.class);
    }

    /**
     * @param owner uid of the controlling owner; empty if there is none
     * @param replicas that a set is asked for
     */
    private record Owned(String uid, String owner, int replicas) {

        static Owned of(JsonNode object) {
            String owner = "";
            for (JsonNode reference : object.path("metadata").path("ownerReferences")) {
                if (reference.path("controller").asBoolean()) {
                    owner = reference.path("uid").asText();
                }
            }
            return new Owned(
                    object.path("metadata").path("uid").asText(),
                    owner,
                    object.path("spec").path("replicas").asInt());
        }
    }

    /**
     * @param risen it had ended, and a kubelet that had not heard of it says that it runs
     */
    private record RunningPod(String owner, boolean ready, boolean risen) {}
}
