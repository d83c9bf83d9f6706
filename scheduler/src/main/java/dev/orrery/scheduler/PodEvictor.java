package dev.orrery.scheduler;

import dev.orrery.machinery.event.EventRecorder;
import dev.orrery.machinery.informer.Informers;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.scheduler.PodStatusWriter.Condition;
import dev.orrery.scheduler.cluster.PodInfo;
import dev.orrery.scheduler.preemption.Evictor;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Evicts a victim of preemption: says so in its status, and deletes it. */
final class PodEvictor implements Evictor {

    private final StoreClient store;
    private final Informers informers;
    private final PodStatusWriter statuses;
    private final EventRecorder events;
    private final SerialLoop loop;
    private final PodWrites writes;
    private final Consumer<PodInfo> tryAgain;

    PodEvictor(
            StoreClient store,
            Informers informers,
            PodStatusWriter statuses,
            EventRecorder events,
            SerialLoop loop,
            PodWrites writes,
            Consumer<PodInfo> tryAgain) {
        this.store = store;
        this.informers = informers;
        this.statuses = statuses;
        this.events = events;
        this.loop = loop;
        this.writes = writes;
        this.tryAgain = tryAgain;
    }

    @Override
    public void evict(PodInfo victim, String node, PodInfo preemptor) {
        String version = preemptor.pod().getMetadata().getResourceVersion();
        List<Long> cause = version == null ? List.of() : List.of(Long.valueOf(version));
        Origin origin = new Origin(cause, informers.applied(), "");
        writes.write(victim.uid(), origin, () -> carryOut(victim, node, preemptor));
    }

    /** On a thread that may block. */
    private void carryOut(PodInfo victim, String node, PodInfo preemptor) {
        try {
            statuses.writeCondition(victim.pod(), disrupted(preemptor));
            store.delete(Pod.class, victim.namespace(), victim.name(), Deletion.of(victim.uid()));
            events.normal(
                    victim.pod(),
                    "Preempted",
                    "Preempted by pod " + preemptor.uid() + " on node " + node);
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                loop.post(() -> tryAgain.accept(preemptor));
            }
        } catch (StoreUnavailableException e) {
            loop.post(() -> tryAgain.accept(preemptor));
        }
    }

    private static Condition disrupted(PodInfo preemptor) {
        String scheduler =
                Objects.requireNonNullElse(
                        preemptor.pod().getSpec().getSchedulerName(), SchedulerConfig.DEFAULT_NAME);
        return new Condition(
                "DisruptionTarget",
                "True",
                "PreemptionByScheduler",
                scheduler + ": preempting to accommodate a higher priority pod");
    }
}
