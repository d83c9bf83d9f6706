package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.environment.PodFields;
import dev.orrery.kubelet.environment.ResourceFields;
import dev.orrery.kubelet.storage.Attachments;
import dev.orrery.kubelet.storage.MemoryVolumes;
import dev.orrery.kubelet.volume.ClusterObjects;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Transport;
import dev.orrery.userland.file.Allowance;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Nodes with volumes, and an api-server that issues tokens. */
final class MountWorld implements Transport {

    static final String NAMESPACE = "default";

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final Known<ConfigMap> configMaps = new Known<>();
    final Known<Secret> secrets = new Known<>();
    final Known<PersistentVolumeClaim> claims = new Known<>();
    final Known<PersistentVolume> volumes = new Known<>();
    final Known<ServiceAccount> accounts = new Known<>();
    final Known<Service> services = new Known<>();
    final MemoryVolumes store = new MemoryVolumes(() -> now, new Allowance(1 << 20));
    final SharedBytes bytes = new SharedBytes();
    final List<String> tokensFor = new ArrayList<>();
    private final Attachments attachments = new Attachments();

    NodeVolumes node(String name) {
        return new NodeVolumes(
                name,
                new NodeVolumes.Shared(store, attachments, bytes, new TestImages()),
                new ClusterObjects(configMaps, secrets, claims, volumes, accounts, services),
                new ResourceFields(
                        Map.of("cpu", new Quantity("8"), "memory", Quantity.parse("32Gi"))),
                new StoreClient(this),
                () -> now);
    }

    static PodFields fields(Pod pod) {
        return new PodFields(pod, "node-1", "172.18.0.2", "10.244.0.5");
    }

    /** Mounts a pod's volumes and answers what its first container sees. */
    static FileSystem inside(PodVolumes volumes, Pod pod) throws MountException {
        return inside(volumes, pod, Map.of());
    }

    static FileSystem inside(PodVolumes volumes, Pod pod, Map<String, String> environment)
            throws MountException {
        Mounts mounts = volumes.mounts(pod.getSpec().getContainers().getFirst(), environment);
        FileSystem files =
                new FileSystem(
                        new Volume("overlay", "overlay", 1 << 30, () -> Instant.EPOCH), false);
        mounts.into(files);
        return files;
    }

    static List<String> messages(List<Obstacle> obstacles) {
        return obstacles.stream().map(each -> each.reason() + ": " + each.message()).toList();
    }

    static String text(FileSystem files, String path) {
        return text(files, path, User.ROOT);
    }

    static String text(FileSystem files, String path, User user) {
        try {
            return files.readable(path, user) instanceof RegularFile file
                    ? new String(file.content(), StandardCharsets.UTF_8)
                    : "not a file";
        } catch (FileException refused) {
            return refused.errno().words();
        }
    }

    /** As {@code stat -c '%A %u:%g'}, links followed. */
    static String mode(FileSystem files, String path) {
        Node node = files.get(path, User.ROOT);
        return "%s%o %d:%d"
                .formatted(
                        node instanceof Directory ? "d" : "-", node.mode(), node.uid(), node.gid());
    }

    void configMap(String name, Map<String, String> data) {
        configMaps.put(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withData(new HashMap<>(data))
                        .build());
    }

    void secret(String name, Map<String, String> data) {
        secrets.put(
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withData(
                                data.entrySet().stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Map.Entry::getKey,
                                                        entry -> encoded(entry.getValue()))))
                        .build());
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    void account(String name) {
        accounts.put(
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .build());
    }

    void claim(String name, String size, String accessMode, String volumeMode) {
        volumes.put(
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("pv-" + name)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes(accessMode)
                        .withVolumeMode(volumeMode)
                        .addToCapacity("storage", Quantity.parse(size))
                        .withNewCsi()
                        .withDriver("volumes.orrery.dev")
                        .withVolumeHandle("pv-" + name)
                        .endCsi()
                        .endSpec()
                        .build());
        claims.put(
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withVolumeName("pv-" + name)
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Bound")
                        .endStatus()
                        .build());
    }

    @Override
    public Answer call(Call call) {
        if (!call.subresource().equals("token")) {
            throw new UnsupportedOperationException(call.resource());
        }
        var body = Json.read(call.body(), com.fasterxml.jackson.databind.node.ObjectNode.class);
        var spec = body.path("spec");
        tokensFor.add(
                call.name()
                        + " "
                        + spec.path("audiences")
                        + " "
                        + spec.at("/boundObjectRef/name").asText());
        Instant end = now.plus(Duration.ofSeconds(spec.path("expirationSeconds").asLong()));
        body.putObject("status")
                .put("token", "token-" + tokensFor.size())
                .put("expirationTimestamp", end.toString());
        return new Answer(201, Json.write(body), 1);
    }

    private final class TestImages implements Images {

        @Override
        public boolean exists(String reference) {
            return !reference.contains("no-such");
        }

        @Override
        public Node files(String reference) {
            Volume image = new Volume("overlay", "overlay", 1 << 20, () -> now);
            byte[] name = reference.getBytes(StandardCharsets.UTF_8);
            new FileSystem(image, false).force("/etc/name", name, 0644, User.ROOT);
            return image.root();
        }
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        throw new UnsupportedOperationException();
    }
}
