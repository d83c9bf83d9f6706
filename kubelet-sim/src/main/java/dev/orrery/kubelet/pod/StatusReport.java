package dev.orrery.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.kubelet.status.StatusPatch;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings one pod's status to the API, one write at a time: what changes while a write is under way
 * goes with the next. In the node's mailbox; the writes themselves run on the executor.
 */
final class StatusReport {

    private static final System.Logger LOG = System.getLogger(StatusReport.class.getName());

    /** What nobody waits for may wait for the next change, but no longer. */
    private static final Duration AT_LEISURE = Duration.ofSeconds(1);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final PodHost host;
    private final LivePod live;
    private final Supplier<PodStatus> wanted;
    private final Consumer<Pod> stored;
    private boolean writing;
    private boolean written;
    private boolean deleted;
    private @Nullable JsonNode notKept;
    private Duration retry = FIRST_RETRY;
    private Clock.@Nullable Timer later;

    /**
     * @param stored told what the API has after a write
     */
    StatusReport(PodHost host, LivePod live, Supplier<PodStatus> wanted, Consumer<Pod> stored) {
        this.host = host;
        this.live = live;
        this.wanted = wanted;
        this.stored = stored;
    }

    /** Whether the API has taken any status from here. */
    boolean hasWritten() {
        return written;
    }

    /** Writes what differs, if anything does. */
    void bringUpToDate(boolean over) {
        if (writing || live.isClosed()) {
            return;
        }
        Optional<JsonNode> patch =
                StatusPatch.of(live.pod(), wanted.get()).filter(each -> !each.equals(notKept));
        if (patch.isPresent() && (over || later != null || StatusPatch.isUrgent(patch.get()))) {
            write(patch.get());
        } else if (patch.isPresent()) {
            atLeisure();
        } else if (over && live.state().isDeleted() && !deleted) {
            delete();
        }
    }

    private void atLeisure() {
        later = host.after(AT_LEISURE, live::wake);
    }

    private void write(JsonNode patch) {
        cancelLater();
        Pod pod = live.pod();
        inBackground(
                pod,
                () ->
                        host.store()
                                .patch(
                                        Pod.class,
                                        pod.getMetadata().getNamespace(),
                                        pod.getMetadata().getName(),
                                        "status",
                                        PatchType.STRATEGIC_MERGE,
                                        patch),
                answer -> {
                    stored.accept(answer);
                    remember(patch);
                });
    }

    private void delete() {
        Pod pod = live.pod();
        inBackground(
                pod,
                () -> {
                    host.store()
                            .delete(
                                    Pod.class,
                                    pod.getMetadata().getNamespace(),
                                    pod.getMetadata().getName(),
                                    Deletion.of(pod.getMetadata().getUid()).withGracePeriod(0));
                    return pod;
                },
                _ -> deleted = true);
    }

    private void inBackground(Pod pod, Supplier<Pod> call, Consumer<Pod> then) {
        writing = true;
        long version = Long.parseLong(pod.getMetadata().getResourceVersion());
        Origin origin = new Origin(List.of(version), version, "");
        host.executor()
                .execute(() -> {
                    Consumer<LivePod> next =
                            ScopedValue.where(Origin.CURRENT, origin)
                                    .call(() -> outcome(call, then));
                    host.mailbox().post(() -> next.accept(live));
                });
    }

    private Consumer<LivePod> outcome(Supplier<Pod> call, Consumer<Pod> then) {
        try {
            Pod answer = call.get();
            return _ -> written(answer, then);
        } catch (ApiException e) {
            return _ -> refused(e);
        } catch (StoreUnavailableException e) {
            return _ -> tryAgain(e.getMessage());
        }
    }

    private void written(Pod answer, Consumer<Pod> then) {
        writing = false;
        written = true;
        retry = FIRST_RETRY;
        if (!live.isClosed()) {
            then.accept(answer);
            live.wake();
        }
    }

    /** What the API did not keep of a write it will not keep of the next either. */
    private void remember(JsonNode written) {
        notKept = StatusPatch.of(live.pod(), wanted.get()).orElse(null);
        if (notKept != null && notKept.equals(written)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "status not kept as written pod={0} difference={1}",
                    live.pod().getMetadata().getName(),
                    notKept);
        } else {
            notKept = null;
        }
    }

    /** The pod that is gone, or has given its name to another, is heard of from the informer. */
    private void refused(ApiException refusal) {
        if (refusal.isNotFound()) {
            writing = true;
            return;
        }
        tryAgain(refusal.getMessage());
    }

    private void tryAgain(@Nullable String why) {
        LOG.log(
                retry.equals(FIRST_RETRY) ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
                "status not written, trying again pod={0} reason={1}",
                live.pod().getMetadata().getName(),
                why);
        host.after(
                retry,
                () -> {
                    writing = false;
                    live.wake();
                });
        retry =
                retry.multipliedBy(2).compareTo(LONGEST_RETRY) > 0
                        ? LONGEST_RETRY
                        : retry.multipliedBy(2);
    }

    private void cancelLater() {
        if (later != null) {
            later.cancel();
            later = null;
        }
    }
}
