package dev.orrery.launcher.cluster;

import java.nio.file.Path;

/**
 * Where the built project lies, and so what is run: the jars and their ahead-of-time caches.
 *
 * @param folder the project's root
 */
public record Home(Path folder) {

    public Path jar(Service service) {
        return folder.resolve(service.jar());
    }

    /** Made by the build from a training run; the JVM ignores it if it does not fit the jar. */
    public Path aheadOfTimeCache(Service service) {
        return folder.resolve("target/aot").resolve(service.kind() + ".aot");
    }
}
