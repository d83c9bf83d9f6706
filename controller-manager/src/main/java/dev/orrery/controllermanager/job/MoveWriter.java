package dev.orrery.controllermanager.job;

import dev.orrery.controllermanager.pod.PodWriter;
import dev.orrery.controllermanager.pod.Pods;
import dev.orrery.controllermanager.pod.SlowStart;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries a job's moves out. */
final class MoveWriter {

    private final StoreClient store;
    private final PodWriter writer;

    MoveWriter(Surroundings surroundings) {
        this.store = surroundings.store();
        this.writer = new PodWriter(store, surroundings.events());
    }

    /**
     * How it went.
     *
     * @param numbers of the pods, as they are after it
     * @param failure what is to be thrown once the status tells of what went well, or null
     */
    record Done(Numbers numbers, @Nullable RuntimeException failure) {}

    Done carryOut(Job job, Move move, Numbers before) {
        return switch (move) {
            case Move.Keep() -> new Done(before, null);
            case Move.Create(List<Pod> pods) -> create(job, pods, before);
            case Move.Remove(List<Pod> pods) -> delete(pods, before, pod -> remove(job, pod));
            case Move.Stop(List<Pod> pods) -> delete(pods, before, pod -> writer.delete(job, pod));
        };
    }

    /** A pod that has ended meanwhile is not removed: it counts. */
    private void remove(Job job, Pod pod) {
        if (Tracking.isTracked(pod)) {
            Tracking.endUnchanged(store, pod);
        }
        writer.delete(job, pod);
    }

    private Done create(Job job, List<Pod> pods, Numbers before) {
        Iterator<Pod> next = pods.iterator();
        Made made = new Made();
        try {
            SlowStart.run(
                    pods.size(),
                    () -> {
                        writer.create(job, next.next());
                        made.count++;
                    });
            return new Done(before.created(made.count), null);
        } catch (ApiException e) {
            return new Done(before.created(made.count), e.isNamespaceTerminating() ? null : e);
        }
    }

    private static Done delete(List<Pod> pods, Numbers before, Consumer<Pod> deletion) {
        RuntimeException failure = null;
        Numbers numbers = before;
        for (Pod pod : pods) {
            try {
                deletion.accept(pod);
                numbers = numbers.deleted(1, Pods.isReady(pod) ? 1 : 0);
            } catch (ApiException e) {
                failure = e;
            }
        }
        return new Done(numbers, failure);
    }

    private static final class Made {
        private int count;
    }
}
