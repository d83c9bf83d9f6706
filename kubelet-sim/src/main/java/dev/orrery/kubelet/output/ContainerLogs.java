package dev.orrery.kubelet.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The logs of the containers of all nodes of a process: of each container of a pod the latest run
 * and the one before, as long as the pod is there. For any thread.
 */
public final class ContainerLogs {

    private static final int RUNS = 2;

    private final Map<String, Map<String, Deque<Run>>> pods = new ConcurrentHashMap<>();

    private record Run(String containerId, ContainerLog log) {}

    /** The log of a run that begins. */
    public ContainerLog open(String podUid, String container, String containerId) {
        ContainerLog log = new ContainerLog();
        Deque<Run> runs =
                pods.computeIfAbsent(podUid, _ -> new ConcurrentHashMap<>())
                        .computeIfAbsent(container, _ -> new ArrayDeque<>(RUNS));
        synchronized (runs) {
            if (runs.size() == RUNS) {
                runs.remove();
            }
            runs.add(new Run(containerId, log));
        }
        return log;
    }

    /** Null where no such run is remembered. */
    public @Nullable ContainerLog find(String podUid, String containerId) {
        for (Deque<Run> runs : pods.getOrDefault(podUid, Map.of()).values()) {
            synchronized (runs) {
                for (Run run : runs) {
                    if (run.containerId().equals(containerId)) {
                        return run.log();
                    }
                }
            }
        }
        return null;
    }

    /** The pod is gone, and its logs with it. */
    public void forget(String podUid) {
        pods.remove(podUid);
    }
}
