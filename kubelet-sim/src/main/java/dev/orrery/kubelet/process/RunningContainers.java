package dev.orrery.kubelet.process;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The containers of all nodes of a process that run now, by the id of the run. For any thread. */
public final class RunningContainers {

    private final Map<String, Inside> running = new ConcurrentHashMap<>();

    /** Where commands can be run. */
    public interface Inside {

        /** Starts a command; what comes of it is told to the output, also where it cannot run. */
        Session run(List<String> command, boolean stdin, boolean terminal, SessionOutput output);

        /** The container has ended, and with it all that runs in it. */
        void end();
    }

    void began(String containerId, Inside inside) {
        running.put(containerId, inside);
    }

    void ended(String containerId) {
        Inside inside = running.remove(containerId);
        if (inside != null) {
            inside.end();
        }
    }

    /** Null where no such run is going on. */
    public @Nullable Inside find(String containerId) {
        return running.get(containerId);
    }
}
