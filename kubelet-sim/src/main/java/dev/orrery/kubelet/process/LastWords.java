package dev.orrery.kubelet.process;

import dev.orrery.kubelet.files.KubeletFiles;
import dev.orrery.kubelet.output.ContainerLog;
import dev.orrery.userland.Machine;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import io.fabric8.kubernetes.api.model.Container;
import java.nio.charset.StandardCharsets;

/**
 * What a container leaves as its termination message: what it wrote into the file for it, or, where
 * it asks for that, failed and wrote nothing, the end of its log.
 */
final class LastWords {

    private static final int MOST_BYTES = 4096;
    private static final int MOST_LINES_OF_LOG = 80;
    private static final int MOST_BYTES_OF_LOG = 2048;

    private LastWords() {}

    static String of(Container container, Machine machine, ContainerLog log, int code) {
        String written = written(container, machine);
        boolean fallBack =
                code != 0
                        && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
        return written.isEmpty() && fallBack
                ? log.end(MOST_LINES_OF_LOG, MOST_BYTES_OF_LOG)
                : written;
    }

    private static String written(Container container, Machine machine) {
        if (!machine.hasFiles()) {
            return "";
        }
        Node node = machine.files().find(KubeletFiles.terminationPath(container), User.ROOT);
        if (!(node instanceof RegularFile file)) {
            return "";
        }
        byte[] bytes = new byte[MOST_BYTES];
        int count = file.read(0, bytes);
        return new String(bytes, 0, Math.max(0, count), StandardCharsets.UTF_8);
    }
}
