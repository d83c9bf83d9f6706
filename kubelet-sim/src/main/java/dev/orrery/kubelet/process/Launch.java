package dev.orrery.kubelet.process;

import dev.orrery.kubelet.environment.Variables;
import dev.orrery.kubelet.image.ImageProfile;
import dev.orrery.kubelet.mount.Mounts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a container's process is made of.
 *
 * @param containerId of this run alone
 * @param environment in the order in which it was made
 * @param mounts the volumes that it sees
 * @param attempt 0 for the first start of this container in its pod
 * @param startedAt now for a start; the past where an earlier kubelet started the process
 * @param place where the pod is
 */
public record Launch(
        Pod pod,
        Container container,
        String containerId,
        ImageProfile image,
        Map<String, String> environment,
        Mounts mounts,
        int attempt,
        Instant startedAt,
        Place place) {

    /**
     * The node of a pod, and the addresses.
     *
     * @param memoryBytes of the node
     */
    public record Place(String nodeName, String hostIp, String podIp, long memoryBytes) {}

    public Launch {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * The words that run: command replaces the image's entrypoint and with it the image's cmd; args
     * replace the image's cmd. References to variables in them are replaced by values.
     */
    public List<String> argv() {
        List<String> command = container.getCommand();
        List<String> args = container.getArgs();
        if (!command.isEmpty()) {
            return concat(expanded(command), expanded(args));
        }
        return concat(image.entrypoint(), args.isEmpty() ? image.cmd() : expanded(args));
    }

    private List<String> expanded(List<String> words) {
        return words.stream().map(word -> Variables.expand(word, environment)).toList();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
