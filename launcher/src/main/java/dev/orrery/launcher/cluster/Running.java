package dev.orrery.launcher.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A live process of a service. The file that remembers it holds its pid and start time, so that
 * another process that got the same pid later is not taken for it.
 */
public record Running(Service service, ProcessHandle process) {

    static Running remember(Cluster cluster, Service service, ProcessHandle process)
            throws IOException {
        Path file = cluster.processFile(service);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, process.pid() + " " + started(process) + "\n");
        return new Running(service, process);
    }

    /** The service's process, if it lives. */
    public static Optional<Running> find(Cluster cluster, Service service) throws IOException {
        Path file = cluster.processFile(service);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ");
        if (words.length != 2) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> started(process).equals(words[1]))
                .map(process -> new Running(service, process));
    }

    static void forget(Cluster cluster, Service service) throws IOException {
        Files.deleteIfExists(cluster.processFile(service));
    }

    private static String started(ProcessHandle process) {
        return Long.toString(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }
}
