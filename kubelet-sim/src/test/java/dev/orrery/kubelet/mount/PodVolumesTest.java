package dev.orrery.kubelet.mount;

import static dev.orrery.kubelet.mount.MountWorld.fields;
import static dev.orrery.kubelet.mount.MountWorld.inside;
import static dev.orrery.kubelet.mount.MountWorld.messages;
import static dev.orrery.kubelet.mount.MountWorld.mode;
import static dev.orrery.kubelet.mount.MountWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.orrery.machinery.store.Json;
import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Mount;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** https://kubernetes.io/docs/concepts/storage/volumes/ */
class PodVolumesTest {

    private static final User SOMEBODY = new User(1000, 3000, Set.of(2000));

    private final MountWorld world = new MountWorld();
    private final NodeVolumes node = world.node("node-1");

    @BeforeEach
    void account() {
        world.account("default");
    }

    /** From what follows "spec:" in a manifest. */
    private static Pod pod(String name, String spec) {
        String whole =
                """
                metadata: {namespace: default, name: %s, uid: uid-%s, labels: {app: web, tier: "a b"}}
                spec:
                %s
                """
                        .formatted(name, name, spec.indent(2));
        try {
            return Json.convert(new YAMLMapper().readTree(whole), Pod.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(whole, e);
        }
    }

    /** One volume, mounted at /v. */
    private static Pod mounting(String name, String volume) {
        return pod(
                name,
                """
                containers: [{name: main, image: busybox, volumeMounts: [{name: v, mountPath: /v}]}]
                volumes: [{name: v, %s}]
                """
                        .formatted(volume));
    }

    private FileSystem start(Pod pod) throws MountException {
        assertThat(messages(node.mount(pod))).isEmpty();
        return inside(node.of(fields(pod)), pod);
    }

    private static void write(FileSystem files, String path, String text, User user) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ((RegularFile) files.writable(path, 0644, true, user)).write(0, bytes, 0, bytes.length);
    }

    private static Mount mount(FileSystem files, String path) {
        return files.mounts().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsTheKeysOfAConfigMapBehindLinks() throws MountException {
        world.configMap("c", Map.of("data-1", "value-1", "data-2", "value-2"));
        FileSystem files = start(mounting("p", "configMap: {name: c, defaultMode: 256}"));

        assertThat(text(files, "/v/data-1")).isEqualTo("value-1");
        assertThat(mode(files, "/v/data-1")).isEqualTo("-400 0:0");
        assertThat(mode(files, "/v")).isEqualTo("d777 0:0");
        assertThat(files.list("/v", User.ROOT)).hasSize(4).contains("..data", "data-1", "data-2");
        assertThat(mount(files, "/v").readOnly()).isTrue();
        assertThat(text(files, "/v/data-1", SOMEBODY)).isEqualTo("Permission denied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    configMap: {name: c}                                                       | /v/a      | -644 0:0 | 1
                    configMap: {name: c, items: [{key: a, path: x/y, mode: 292}]}              | /v/x/y    | -444 0:0 | 1
                    secret: {secretName: s}                                                    | /v/user   | -644 0:0 | admin
                    secret: {secretName: s, items: [{key: user, path: u}], defaultMode: 288}   | /v/u      | -440 0:0 | admin
                    downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]} | /v/name   | -644 0:0 | p
                    downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]} | /v/labels | -644 0:0 | app="web"\\ntier="a b"
                    downwardAPI: {items: [{path: cpu, resourceFieldRef: {containerName: main, resource: limits.cpu}}]} | /v/cpu | -644 0:0 | 8
                    downwardAPI: {items: [{path: mem, resourceFieldRef: {containerName: main, resource: limits.memory, divisor: 1Mi}}]} | /v/mem | -644 0:0 | 32768
                    projected: {sources: [{configMap: {name: c}}, {secret: {name: s, items: [{key: user, path: sub/u}]}}]} | /v/sub/u | -644 0:0 | admin
                    projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 3607}}]} | /v/token | -644 0:0 | token-1
                    """)
    void showsWhatTheSourceHolds(String volume, String path, String mode, String text)
            throws MountException {
        world.configMap("c", Map.of("a", "1", "b", "2"));
        world.secret("s", Map.of("user", "admin"));
        FileSystem files = start(mounting("p", volume));

        assertThat(text(files, path)).isEqualTo(text.replace("\\n", "\n"));
        assertThat(mode(files, path)).isEqualTo(mode);
    }

    @Test
    void showsChangesOfTheSourceWhenSomebodyLooks() throws MountException {
        world.configMap("c", Map.of("a", "1", "gone", "x"));
        FileSystem files = start(mounting("p", "configMap: {name: c}"));
        RegularFile open = (RegularFile) files.get("/v/a", User.ROOT);

        world.configMap("c", Map.of("a", "2", "new", "y"));

        assertThat(text(files, "/v/a")).isEqualTo("2");
        assertThat(text(files, "/v/new")).isEqualTo("y");
        assertThat(text(files, "/v/gone")).isEqualTo("No such file or directory");
        assertThat(new String(open.content(), StandardCharsets.UTF_8)).isEqualTo("1");
        world.configMaps.remove("default", "c");
        assertThat(text(files, "/v/a")).isEqualTo("2");
    }

    @Test
    void laysNothingAnewWhereOnlyTheObjectsVersionChanged() throws MountException {
        world.configMap("c", Map.of("a", "1"));
        FileSystem files = start(mounting("p", "configMap: {name: c}"));
        List<String> before = files.list("/v", User.ROOT);
        world.configMap("c", Map.of("a", "1"));

        assertThat(files.list("/v", User.ROOT)).isEqualTo(before);
    }

    @Test
    void showsAnOptionalSourceComeAndGo() throws MountException {
        FileSystem files = start(mounting("p", "secret: {secretName: s, optional: true}"));
        assertThat(text(files, "/v/k")).isEqualTo("No such file or directory");
        world.secret("s", Map.of("k", "1"));
        assertThat(text(files, "/v/k")).isEqualTo("1");
        world.secrets.remove("default", "s");
        assertThat(text(files, "/v/k")).isEqualTo("No such file or directory");
    }

    @Test
    void looksAtAnImmutableObjectOnce() throws MountException {
        world.configMap("c", Map.of("a", "1"));
        world.configMaps.list().forEach(each -> each.setImmutable(true));
        FileSystem files = start(mounting("p", "configMap: {name: c}"));
        world.configMaps.remove("default", "c");
        world.configMap("c", Map.of("a", "2"));

        assertThat(text(files, "/v/a")).isEqualTo("1");
    }

    @Test
    void showsWhatTheConfigMapWasWhenItWasMountedEvenIfItIsGoneSince() throws MountException {
        world.configMap("c", Map.of("a", "1"));
        Pod pod = mounting("p", "configMap: {name: c}");
        PodVolumes volumes = node.of(fields(pod));
        world.configMaps.remove("default", "c");

        assertThat(text(inside(volumes, pod), "/v/a")).isEqualTo("1");
    }

    @Test
    void keepsTheBytesOfOneConfigMapOnceForAllPods() throws MountException {
        world.configMap("c", Map.of("a", "1"));
        for (int i = 0; i < 10; i++) {
            text(start(mounting("p" + i, "configMap: {name: c}")), "/v/a");
        }
        assertThat(world.bytes.size()).isEqualTo(1);
    }

    @Test
    void showsLabelsAsTheyChange() throws MountException {
        Pod pod =
                mounting(
                        "p",
                        "downwardAPI: {items: [{path: l, fieldRef: {fieldPath: metadata.labels}}]}");
        PodVolumes volumes = node.of(fields(pod));
        FileSystem files = inside(volumes, pod);
        assertThat(text(files, "/v/l")).isEqualTo("app=\"web\"\ntier=\"a b\"");

        Pod newer = Json.convert(Json.MAPPER.valueToTree(pod), Pod.class);
        newer.getMetadata().setLabels(Map.of("app", "db"));
        volumes.podChanged(fields(newer));

        assertThat(text(files, "/v/l")).isEqualTo("app=\"db\"");
    }

    @Test
    void renewsATokenBeforeItDies() throws MountException {
        FileSystem files =
                start(
                        mounting(
                                "p",
                                "projected: {sources: [{serviceAccountToken: {path: token, audience: vault, expirationSeconds: 600}}]}"));
        assertThat(world.tokensFor).isEmpty();
        assertThat(text(files, "/v/token")).isEqualTo("token-1");
        world.now = world.now.plusSeconds(479);
        assertThat(text(files, "/v/token")).isEqualTo("token-1");
        world.now = world.now.plusSeconds(1);
        assertThat(text(files, "/v/token")).isEqualTo("token-2");
        assertThat(world.tokensFor)
                .containsExactly("default [\"vault\"] p", "default [\"vault\"] p");
    }

    @Test
    void givesATokenToTheUserThatAllContainersRunAs() throws MountException {
        Pod pod =
                pod(
                        "p",
                        """
                        securityContext: {runAsUser: 1000}
                        containers: [{name: main, image: busybox, volumeMounts: [{name: v, mountPath: /v}]}]
                        volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: token}}]}}]
                        """);
        FileSystem files = start(pod);
        assertThat(mode(files, "/v/token")).isEqualTo("-600 1000:0");
        assertThat(text(files, "/v/token", SOMEBODY)).isEqualTo("token-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    emptyDir: {}               | d777 0:0  | /dev/vda1 | ext4  | 107374182400
                    emptyDir: {medium: Memory} | d1777 0:0 | tmpfs     | tmpfs | 34359738368
                    emptyDir: {medium: Memory, sizeLimit: 10Mi} | d1777 0:0 | tmpfs | tmpfs | 10485760
                    secret: {secretName: s}    | d1777 0:0 | tmpfs     | tmpfs | 34359738368
                    hostPath: {path: /var/log} | d755 0:0  | /dev/vda1 | ext4  | 107374182400
                    persistentVolumeClaim: {claimName: c} | d755 0:0 | /dev/sdb | ext4 | 1073741824
                    """)
    void mountsADiskOfTheKind(String volume, String mode, String source, String type, long capacity)
            throws MountException {
        world.secret("s", Map.of());
        world.claim("c", "1Gi", "ReadWriteOnce", "Filesystem");
        FileSystem files = start(mounting("p", volume));

        assertThat(mode(files, "/v")).isEqualTo(mode);
        Mount mount = mount(files, "/v");
        assertThat(mount.node().volume().source()).isEqualTo(source);
        assertThat(mount.node().volume().type()).isEqualTo(type);
        assertThat(mount.node().volume().capacityBytes()).isEqualTo(capacity);
    }

    @Test
    void sharesAnEmptyDirAmongContainersAndRunsUntilThePodIsOver() throws MountException {
        Pod pod = mounting("p", "emptyDir: {}");
        PodVolumes volumes = node.of(fields(pod));
        write(inside(volumes, pod), "/v/f", "shared", SOMEBODY);

        assertThat(text(inside(volumes, pod), "/v/f")).isEqualTo("shared");
        assertThat(text(inside(node.of(fields(pod)), pod), "/v/f")).isEqualTo("shared");
        assertThat(volumes.usedBytes("v")).isPositive();
        volumes.close();
        assertThat(world.store.names()).isEmpty();
        assertThat(text(start(mounting("p", "emptyDir: {}")), "/v/f"))
                .isEqualTo("No such file or directory");
    }

    @Test
    void givesVolumesToThePodsGroup() throws MountException {
        world.configMap("c", Map.of("a", "1"));
        world.claim("d", "1Gi", "ReadWriteOnce", "Filesystem");
        Pod pod =
                pod(
                        "p",
                        """
                        securityContext: {runAsUser: 1000, fsGroup: 2000}
                        containers:
                        - name: main
                          image: busybox
                          volumeMounts:
                          - {name: e, mountPath: /e}
                          - {name: m, mountPath: /m}
                          - {name: c, mountPath: /c}
                          - {name: d, mountPath: /d}
                          - {name: e, mountPath: /sub, subPath: made}
                        volumes:
                        - {name: e, emptyDir: {}}
                        - {name: m, emptyDir: {medium: Memory}}
                        - {name: c, configMap: {name: c, defaultMode: 256}}
                        - {name: d, persistentVolumeClaim: {claimName: d}}
                        """);
        FileSystem files = start(pod);

        assertThat(Stream.of("/e", "/m", "/c", "/d", "/sub", "/c/a").map(p -> mode(files, p)))
                .containsExactly(
                        "d2777 0:2000",
                        "d3777 0:2000",
                        "d2777 0:2000",
                        "d2775 0:2000",
                        "d2777 0:2000",
                        "-440 0:2000");
        write(files, "/d/f", "mine", SOMEBODY);
        assertThat(mode(files, "/d/f")).isEqualTo("-644 1000:2000");
        assertThat(text(files, "/c/a", SOMEBODY)).isEqualTo("1");
    }

    @Test
    void keepsAClaimsContentsAcrossPodsAndNodes() throws MountException {
        world.claim("c", "1Gi", "ReadWriteOnce", "Filesystem");
        Pod first = mounting("first", "persistentVolumeClaim: {claimName: c}");
        assertThat(node.mount(first)).isEmpty();
        PodVolumes volumes = node.of(fields(first));
        write(inside(volumes, first), "/v/f", "kept", User.ROOT);

        NodeVolumes other = world.node("node-2");
        Pod second = mounting("second", "persistentVolumeClaim: {claimName: c}");
        assertThat(messages(other.mount(second)))
                .containsExactly(
                        "FailedAttachVolume: Multi-Attach error for volume \"pv-c\" Volume is"
                                + " already used by pod(s) first");
        volumes.close();
        assertThat(other.mount(second)).isEmpty();
        assertThat(text(inside(other.of(fields(second)), second), "/v/f")).isEqualTo("kept");
    }

    @Test
    void letsSeveralNodesHaveADiskThatManyMayWrite() throws MountException {
        world.claim("c", "1Gi", "ReadWriteMany", "Filesystem");
        Pod first = mounting("first", "persistentVolumeClaim: {claimName: c}");
        Pod second = mounting("second", "persistentVolumeClaim: {claimName: c}");
        assertThat(node.mount(first)).isEmpty();
        assertThat(world.node("node-2").mount(second)).isEmpty();
    }

    @Test
    void passesADiskOfBlocksIn() throws MountException {
        world.claim("c", "1Mi", "ReadWriteOnce", "Block");
        Pod pod =
                pod(
                        "p",
                        """
                        containers: [{name: main, image: busybox, volumeDevices: [{name: v, devicePath: /dev/xvda}]}]
                        volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]
                        """);
        FileSystem files = start(pod);
        assertThat(files.get("/dev/xvda", User.ROOT)).isInstanceOf(Device.class);
        assertThat(files.get("/dev/xvda", User.ROOT).letter()).isEqualTo('b');
        assertThat(messages(node.mount(mounting("q", "persistentVolumeClaim: {claimName: c}"))))
                .singleElement()
                .asString()
                .endsWith("volume v has volumeMode Block, but is specified in volumeMounts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /var/log         | Directory         | ''
                    /etc/hostname    | File              | ''
                    /run/containerd/containerd.sock | Socket | ''
                    /data/new        | DirectoryOrCreate | ''
                    /tmp/new         | FileOrCreate      | ''
                    /nope            | Directory         | hostPath type check failed: /nope is not a directory
                    /var/log         | File              | hostPath type check failed: /var/log is not a file
                    /etc/hostname    | DirectoryOrCreate | hostPath type check failed: /etc/hostname is not a directory
                    /var/run/docker.sock | Socket        | hostPath type check failed: /var/run/docker.sock is not a socket file
                    /dev/sda         | BlockDevice       | hostPath type check failed: /dev/sda is not a block device
                    /no/parent/f     | FileOrCreate      | open /no/parent/f: no such file or directory
                    """)
    void checksAHostPathsType(String path, String type, String refusal) {
        Pod pod = mounting("p", "hostPath: {path: %s, type: %s}".formatted(path, type));
        assertThat(messages(node.mount(pod)))
                .isEqualTo(
                        refusal.isEmpty()
                                ? List.of()
                                : List.of(
                                        "FailedMount: MountVolume.SetUp failed for volume \"v\" : "
                                                + refusal));
    }

    @Test
    void sharesAHostPathAmongThePodsOfANode() throws MountException {
        write(start(mounting("a", "hostPath: {path: /data}")), "/v/f", "here", User.ROOT);

        assertThat(text(start(mounting("b", "hostPath: {path: /data}")), "/v/f")).isEqualTo("here");
        Pod elsewhere = mounting("c", "hostPath: {path: /data}");
        assertThat(text(inside(world.node("node-2").of(fields(elsewhere)), elsewhere), "/v/f"))
                .isEqualTo("No such file or directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    csi: {driver: x.example.com}        | kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name x.example.com not found in the list of registered CSI drivers
                    configMap: {name: nope}             | configmap "nope" not found
                    secret: {secretName: nope}          | secret "nope" not found
                    'secret: {secretName: s, items: [{key: other, path: p}]}' | references non-existent secret key: other
                    'projected: {sources: [{podCertificate: {signerName: a/b, keyType: ED25519}}]}' | PodCertificate projection is not simulated on these nodes
                    """)
    void saysWhatKeepsAVolumeFromBeingMounted(String volume, String why) {
        world.secret("s", Map.of("k", "v"));
        assertThat(messages(node.mount(mounting("p", volume))))
                .containsExactly("FailedMount: MountVolume.SetUp failed for volume \"v\" : " + why);
    }

    @Test
    void showsAnImagesFilesForReading() throws MountException {
        FileSystem files = start(mounting("p", "image: {reference: kitten:1.8}"));
        assertThat(text(files, "/v/etc/name")).isEqualTo("kitten:1.8");
        assertThat(mount(files, "/v").readOnly()).isTrue();
        assertThat(messages(node.mount(mounting("q", "image: {reference: no-such}"))))
                .singleElement()
                .asString()
                .startsWith("Failed: Failed to pull image \"no-such\"");
    }

    @Test
    void asksForTheServiceAccountFirst() {
        world.accounts.remove("default", "default");
        assertThat(
                        messages(
                                node.mount(
                                        mounting(
                                                "p",
                                                "projected: {sources: [{serviceAccountToken: {path: t}}]}"))))
                .containsExactly(
                        "FailedMount: MountVolume.SetUp failed for volume \"v\" : failed to fetch"
                                + " token: serviceaccounts \"default\" not found");
    }

    private static Pod within(String path) {
        return pod(
                "p",
                """
                containers:
                - name: main
                  image: busybox
                  volumeMounts: [{name: v, mountPath: /sub, %s}, {name: v, mountPath: /v}]
                volumes: [{name: v, emptyDir: {}}]
                """
                        .formatted(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    subPathExpr: $(NAME)/$(ID)   | /v/foo/7
                    subPath: a/b                 | /v/a/b
                    subPathExpr: $$(NAME)        | /v/$(NAME)
                    """)
    void makesThePathWithinAVolume(String path, String made) throws MountException {
        Pod pod = within(path);
        FileSystem files = inside(node.of(fields(pod)), pod, Map.of("NAME", "foo", "ID", "7"));
        write(files, "/sub/f", "x", SOMEBODY);
        assertThat(text(files, made + "/f")).isEqualTo("x");
        assertThat(mode(files, made)).isEqualTo("d777 0:0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    subPathExpr: $(ABSOLUTE) | error SubPath `/tmp` must not be an absolute path
                    subPathExpr: $(UP)       | unable to provision SubPath `..`: must not contain '..'
                    subPathExpr: $(B)/$(A)   | missing value for A, B
                    subPath: file/below      | failed to create subPath directory for volumeMount "v" of container "main"
                    """)
    void refusesAPathThatLeadsNowhere(String path, String why) throws MountException {
        Pod pod = within(path);
        PodVolumes volumes = node.of(fields(pod));
        write(inside(volumes, within("subPath: ok")), "/v/file", "x", User.ROOT);
        Map<String, String> environment = Map.of("ABSOLUTE", "/tmp", "UP", "..");
        assertThatThrownBy(() -> inside(volumes, pod, environment)).hasMessage(why);
    }

    @Test
    void keepsAFileThatIsMountedByItselfAsItWas() throws MountException {
        world.configMap("c", Map.of("a", "1"));
        Pod pod =
                pod(
                        "p",
                        """
                        containers:
                        - name: main
                          image: busybox
                          volumeMounts: [{name: v, mountPath: /etc/app.conf, subPath: a}]
                        volumes: [{name: v, configMap: {name: c}}]
                        """);
        PodVolumes volumes = node.of(fields(pod));
        FileSystem files = inside(volumes, pod);
        world.configMap("c", Map.of("a", "2"));

        assertThat(text(files, "/etc/app.conf")).isEqualTo("1");
        assertThat(text(inside(volumes, pod), "/etc/app.conf")).isEqualTo("2");
    }

    @Test
    void mountsForReadingOnlyWhereAskedTo() throws MountException {
        Pod pod =
                pod(
                        "p",
                        """
                        containers: [{name: main, image: busybox, volumeMounts: [{name: v, mountPath: /v, readOnly: true}]}]
                        volumes: [{name: v, emptyDir: {}}]
                        """);
        FileSystem files = start(pod);
        assertThatThrownBy(() -> write(files, "/v/f", "x", User.ROOT))
                .hasMessage("Read-only file system");
    }
}
