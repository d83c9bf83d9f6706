package dev.orrery.kubelet.process;

import dev.orrery.kubelet.image.ImageProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;

/**
 * What a container's process is made of.
 *
 * @param attempt 0 for the first start of this container in its pod
 * @param startedAt now for a start; the past where an earlier kubelet started the process
 */
public record Launch(
        Pod pod, Container container, ImageProfile image, int attempt, Instant startedAt) {

    /**
     * The words that run: command replaces the image's entrypoint and with it the image's cmd; args
     * replace the image's cmd.
     */
    public List<String> argv() {
        List<String> command = container.getCommand();
        List<String> args = container.getArgs();
        if (!command.isEmpty()) {
            return concat(command, args);
        }
        return concat(image.entrypoint(), args.isEmpty() ? image.cmd() : args);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }
}
