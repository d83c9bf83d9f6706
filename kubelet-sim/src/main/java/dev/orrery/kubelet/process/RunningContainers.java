package dev.orrery.kubelet.process;

import dev.orrery.userland.Machine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The containers of all nodes of a process that run now, by the id of the run. For any thread. */
public final class RunningContainers {

    private final Map<String, Inside> running = new ConcurrentHashMap<>();

    /** A running container, for those who look into it. */
    public interface Inside {

        /** Starts a command; what comes of it is told to the output, also where it cannot run. */
        Session run(List<String> command, boolean stdin, boolean terminal, SessionOutput output);

        /**
         * Joins the container's own process: hears what it prints from now on, and types for it
         * where it listens.
         */
        Session attach(boolean stdin, SessionOutput output);

        /** Whether the container's own process is on a terminal. */
        boolean hasTerminal();

        /** Its processes, files and network. */
        Machine machine();
    }

    void began(String containerId, Inside inside) {
        running.put(containerId, inside);
    }

    void ended(String containerId) {
        running.remove(containerId);
    }

    /** Null where no such run is going on. */
    public @Nullable Inside find(String containerId) {
        return running.get(containerId);
    }
}
