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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks on every record of a log, whoever recorded it, that a Job's books are right: each pod that
 * ends is counted, and counted once; no figure appears for which no pod has ended; there are never
 * more pods than the Job wants. For a Job with completions, whose parallelism stays the same and
 * whose failure policy ignores nothing.
 *
 * <p>Reads all records in order from the first; keeps only what they say of the Job.
 */
public final class JobBooks implements Invariant {

    private static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private final ObjectKey job;
    private final Map<ObjectKey, Long> versions = new HashMap<>();
    private final Map<ObjectKey, JobPod> pods = new HashMap<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Set<Integer> succeededIndexes = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> counted = new HashSet<>();
    private final Set<String> countedFailed = new HashSet<>();
    private @Nullable JobFigures figures;

    public JobBooks(ObjectKey job) {
        this.job = job;
    }

    @Override
    public Optional<String> read(LogRecord record) {
        if (!record.takesEffect(versions.getOrDefault(record.key(), 0L))) {
            return Optional.empty();
        }
        byte[] value = record.value();
        JsonNode object = value == null ? null : Json.read(value, JsonNode.class);
        versions.put(record.key(), object == null ? 0 : record.resourceVersion());
        if (record.key().equals(job)) {
            return object == null ? gone() : status(JobFigures.of(object));
        }
        return record.key().resource().resource().equals("pods")
                ? pod(record.key(), object == null ? null : JobPod.of(object))
                : Optional.empty();
    }

    private Optional<String> gone() {
        figures = null;
        return Optional.empty();
    }

    private Optional<String> status(JobFigures now) {
        JobFigures before = figures;
        figures = now;
        if (before == null || !before.uid().equals(now.uid())) {
            return Optional.empty();
        }
        return (now.indexed()
                        ? Optional.<String>empty()
                        : sum(
                                "succeeded",
                                now.succeeded() - before.succeeded(),
                                left(before, now, true)))
                .or(() -> sum("failed", now.failed() - before.failed(), left(before, now, false)))
                .or(() -> named(before, now))
                .or(() -> indexes(now))
                .or(() -> end(now));
    }

    private static Set<String> left(JobFigures before, JobFigures now, boolean success) {
        Set<String> left = new HashSet<>(success ? before.namedSucceeded() : before.namedFailed());
        left.removeAll(success ? now.namedSucceeded() : now.namedFailed());
        return left;
    }

    /** The pods that are no longer named are in the figures now, and nobody holds on to them. */
    private Optional<String> sum(String figure, int more, Set<String> pods) {
        if (more != pods.size()) {
            return Optional.of(
                    "%s grew by %d, and %d pods are no longer named"
                            .formatted(figure, more, pods.size()));
        }
        if (any(pod -> pod.tracked() && pods.contains(pod.uid()))) {
            return Optional.of("a pod is counted as %s and still held on to".formatted(figure));
        }
        counted.addAll(pods);
        if (figure.equals("failed")) {
            countedFailed.addAll(pods);
        }
        return Optional.empty();
    }

    private Optional<String> named(JobFigures before, JobFigures now) {
        for (String uid : now.namedSucceeded()) {
            if (!before.namedSucceeded().contains(uid) && !isFresh(uid, succeeded)) {
                return Optional.of("pod %s is not to be counted as succeeded".formatted(uid));
            }
        }
        for (String uid : now.namedFailed()) {
            boolean fails = now.is("FailureTarget") || isFresh(uid, failed);
            if (!before.namedFailed().contains(uid) && (!fails || counted.contains(uid))) {
                return Optional.of("pod %s is not to be counted as failed".formatted(uid));
            }
        }
        Set<String> both = new HashSet<>(now.namedSucceeded());
        both.retainAll(now.namedFailed());
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of("pods %s are counted as both".formatted(both));
    }

    private boolean isFresh(String uid, Set<String> among) {
        return among.contains(uid) && !counted.contains(uid);
    }

    private Optional<String> indexes(JobFigures now) {
        if (!succeededIndexes.containsAll(now.indexes())) {
            return Optional.of("indexes %s have not all succeeded".formatted(now.indexes()));
        }
        return !now.indexed() || now.succeeded() == now.indexes().size()
                ? Optional.empty()
                : Optional.of("%d succeeded, of %s".formatted(now.succeeded(), now.indexes()));
    }

    private static Optional<String> end(JobFigures now) {
        return now.is("Complete") && now.succeeded() != now.completions()
                ? Optional.of(
                        "complete with %d of %d".formatted(now.succeeded(), now.completions()))
                : Optional.empty();
    }

    private Optional<String> pod(ObjectKey key, @Nullable JobPod now) {
        JobPod before = now == null ? pods.remove(key) : pods.put(key, now);
        if (now != null && now.phase().equals("Succeeded") && now.tracked()) {
            succeeded.add(now.uid());
            succeededIndexes.add(now.index());
        }
        if (now != null && (now.phase().equals("Failed") || now.deleting())) {
            failed.add(now.uid());
        }
        JobFigures known = figures;
        if (known == null || known.leaving()) {
            return Optional.empty();
        }
        if (before != null && before.tracked() && isOurs(before)) {
            return now == null || !now.tracked() ? letGo(known, before) : Optional.empty();
        }
        return before == null && now != null && isOurs(now) ? created(known) : Optional.empty();
    }

    private Optional<String> letGo(JobFigures known, JobPod pod) {
        boolean told =
                counted.contains(pod.uid())
                        || known.namedSucceeded().contains(pod.uid())
                        || known.namedFailed().contains(pod.uid())
                        || (pod.phase().equals("Succeeded")
                                && known.indexes().contains(pod.index()));
        return !pod.isEnded() || told
                ? Optional.empty()
                : Optional.of(
                        "pod %s has %s, and is let go of uncounted"
                                .formatted(pod.uid(), pod.phase()));
    }

    private Optional<String> created(JobFigures known) {
        long active = count(JobPod::isActive);
        long done = known.indexed() ? known.indexes().size() : successes(known);
        if (active > known.parallelism()) {
            return Optional.of(
                    "%d pods, and %d are wanted at a time".formatted(active, known.parallelism()));
        }
        long indexes =
                pods.values().stream()
                        .filter(this::isOurs)
                        .filter(JobPod::isActive)
                        .map(JobPod::index)
                        .distinct()
                        .count();
        if (known.indexed() && indexes < active) {
            return Optional.of("two pods have one index");
        }
        return active + done > known.completions()
                ? Optional.of(
                        "%d pods, and %d of %d have succeeded"
                                .formatted(active, done, known.completions()))
                : Optional.empty();
    }

    /** A pod that was on its way out is counted as failed, even if it succeeds in the end. */
    private long successes(JobFigures known) {
        return succeeded.stream()
                .filter(uid -> !countedFailed.contains(uid))
                .filter(uid -> !known.namedFailed().contains(uid))
                .count();
    }

    private long count(Predicate<JobPod> which) {
        return pods.values().stream().filter(this::isOurs).filter(which).count();
    }

    private boolean any(Predicate<JobPod> which) {
        return pods.values().stream().anyMatch(which);
    }

    private boolean isOurs(JobPod pod) {
        return figures != null && pod.owner().equals(figures.uid());
    }

    /** What a record says of a pod. */
    private record JobPod(
            String uid, String owner, String phase, boolean tracked, boolean deleting, int index) {

        static JobPod of(JsonNode pod) {
            JsonNode metadata = pod.path("metadata");
            String owner = "";
            for (JsonNode reference : metadata.path("ownerReferences")) {
                owner =
                        reference.path("controller").asBoolean()
                                ? reference.path("uid").asText()
                                : owner;
            }
            boolean tracked = false;
            for (JsonNode finalizer : metadata.path("finalizers")) {
                tracked |= finalizer.asText().equals(FINALIZER);
            }
            return new JobPod(
                    metadata.path("uid").asText(),
                    owner,
                    pod.path("status").path("phase").asText(),
                    tracked,
                    metadata.has("deletionTimestamp"),
                    metadata.path("annotations").path(INDEX).asInt(-1));
        }

        boolean isEnded() {
            return phase.equals("Succeeded") || phase.equals("Failed");
        }

        boolean isActive() {
            return !isEnded() && !deleting;
        }
    }
}
