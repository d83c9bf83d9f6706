package dev.orrery.kubelet.files;

import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;

/** What a kubelet mounts into every container: names, addresses, and where it may leave a word. */
public final class KubeletFiles {

    private static final String TERMINATION_LOG = "/dev/termination-log";
    private static final int READABLE = 0644;
    private static final int EVERYBODYS = 0666;
    private static final long CAPACITY_BYTES = 100L << 30;

    private KubeletFiles() {}

    public static void mount(
            Pod pod,
            Container container,
            Hostname hostname,
            String podIp,
            FileSystem files,
            InstantSource clock) {
        Volume disk = new Volume("/dev/vda1", "ext4", CAPACITY_BYTES, clock);
        mount(files, disk, "/etc/hosts", HostsFile.of(pod, hostname, podIp));
        mount(files, disk, "/etc/resolv.conf", ResolvConf.of(pod));
        mount(files, disk, "/etc/hostname", hostname.name() + "\n");
        RegularFile message = disk.file(new byte[0], EVERYBODYS, User.ROOT);
        files.mount(terminationPath(container), message, false);
    }

    private static void mount(FileSystem files, Volume disk, String path, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        files.mount(path, disk.file(content, READABLE, User.ROOT), false);
    }

    public static String terminationPath(Container container) {
        String path = container.getTerminationMessagePath();
        return Objects.requireNonNullElse(path, "").isEmpty() ? TERMINATION_LOG : path;
    }
}
