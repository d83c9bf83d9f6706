package dev.orrery.kubelet.service;

import dev.orrery.kubelet.KubeletConfig;
import dev.orrery.kubelet.pod.Delays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** The properties {@code orrery.*} that concern nodes and kubelets. */
record KubeletSettings(Config properties) {

    KubeletConfig kubelets() {
        KubeletConfig usual = KubeletConfig.DEFAULT;
        return new KubeletConfig(
                value("orrery.nodes", usual.nodes()),
                usual.firstNode(),
                usual.agentAddress(),
                value("orrery.node.prefix", usual.nodePrefix()),
                value("orrery.node.cpu", usual.nodeCpu()),
                value("orrery.node.memory", usual.nodeMemory()),
                value("orrery.node.pods", usual.nodePods()),
                delays(),
                Set.copyOf(List.of(value("orrery.images.missing", "").split("\\s*,\\s*"))),
                imageProfiles(value("orrery.images.dir", "")));
    }

    /** Of each file in the folder; a folder that is not there holds none. */
    private static Map<String, String> imageProfiles(String folder) {
        Map<String, String> texts = new HashMap<>();
        if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
            return texts;
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(folder), "*.{yaml,yml}")) {
            for (Path file : files) {
                texts.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("profiles of images cannot be read: " + folder, e);
        }
        return texts;
    }

    /** Where volumes are kept. */
    Path volumes() {
        return Path.of(value("orrery.volumes.dir", "volumes"));
    }

    /** Whether this process is one of several, and finds out by itself which one. */
    boolean claimsPool() {
        return pool().equals("auto");
    }

    /** Which of several processes with nodes this is; the first where it is the only one. */
    int poolNumber() {
        return Integer.parseInt(pool());
    }

    private String pool() {
        return value("orrery.node.pool", "0");
    }

    /** What api-servers are to be told; empty where they know it. */
    String advertisedAgent() {
        String address = value("orrery.node-agent.advertised-address", "");
        if (!address.equals("auto")) {
            return address;
        }
        String listens = value("orrery.node-agent.address", AgentPort.ADDRESS);
        try {
            return InetAddress.getLocalHost().getHostAddress()
                    + listens.substring(listens.lastIndexOf(':'));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this host does not know its own address", e);
        }
    }

    private Delays delays() {
        Delays usual = Delays.USUAL;
        return new Delays(
                millis("orrery.delay.pull.shortest-millis", usual.shortestPull()),
                millis("orrery.delay.pull.longest-millis", usual.longestPull()),
                millis("orrery.delay.start.shortest-millis", usual.shortestStart()),
                millis("orrery.delay.start.longest-millis", usual.longestStart()),
                value("orrery.delay.factor", usual.factor()));
    }

    private Duration millis(String name, Duration usual) {
        return Duration.ofMillis(value(name, usual.toMillis()));
    }

    @SuppressWarnings("unchecked") // the usual value is of the type that is asked for
    private <T> T value(String name, T usual) {
        return properties.getOptionalValue(name, (Class<T>) usual.getClass()).orElse(usual);
    }
}
