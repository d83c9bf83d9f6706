package dev.orrery.kubelet.process;

import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.kubelet.output.ContainerLog.Source;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a container's own process prints goes into its log, and to whoever is attached. A listener
 * that takes no more holds the process up, as a full pipe does.
 */
final class ContainerOutput {

    private final InstantSource clock;
    private final ContainerLog log;
    private final List<SessionOutput> attached = new CopyOnWriteArrayList<>();

    ContainerOutput(InstantSource clock, ContainerLog log) {
        this.clock = clock;
        this.log = log;
    }

    boolean out(byte[] bytes) {
        log.write(clock.instant(), Source.OUT, bytes);
        boolean more = true;
        for (SessionOutput listener : attached) {
            more &= listener.out(bytes);
        }
        return more;
    }

    boolean err(byte[] bytes) {
        log.write(clock.instant(), Source.ERR, bytes);
        boolean more = true;
        for (SessionOutput listener : attached) {
            more &= listener.err(bytes);
        }
        return more;
    }

    void join(SessionOutput listener) {
        attached.add(listener);
    }

    void leave(SessionOutput listener) {
        attached.remove(listener);
    }

    void end(int code) {
        log.end(clock.instant());
        attached.forEach(listener -> listener.exited(code));
        attached.clear();
    }

    ContainerLog log() {
        return log;
    }
}
