package dev.orrery.kubelet.mount;

import dev.orrery.kubelet.files.HostsFile;
import dev.orrery.kubelet.storage.Form;
import dev.orrery.kubelet.storage.VolumeStore;
import dev.orrery.userland.file.Directory;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Node;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The node's own files, which all its pods share that mount a path of them. For any thread. */
final class HostPaths {

    /** As large as the node says that its ephemeral storage is. */
    static final long DISK_BYTES = 100L << 30;

    static final String DISK = "/dev/vda1";
    static final String TYPE = "ext4";

    private static final int SHARED = 01777;

    /** What every node has from the start. */
    private static final List<String> DIRECTORIES =
            List.of(
                    "/bin",
                    "/boot",
                    "/dev",
                    "/etc/kubernetes/manifests",
                    "/home",
                    "/lib/modules",
                    "/opt/cni/bin",
                    "/proc",
                    "/root",
                    "/run/containerd",
                    "/sbin",
                    "/srv",
                    "/sys/fs/cgroup",
                    "/tmp",
                    "/usr/bin",
                    "/usr/local",
                    "/var/lib/containerd",
                    "/var/lib/kubelet/pods",
                    "/var/log/containers",
                    "/var/log/pods",
                    "/var/tmp");

    private static final List<String> SOCKETS = List.of("/run/containerd/containerd.sock");

    private final VolumeStore store;
    private final String name;
    private final String nodeName;

    HostPaths(VolumeStore store, String nodeName) {
        this.store = store;
        this.name = "nodes/" + nodeName;
        this.nodeName = nodeName;
    }

    /** What lies at the path, made if it is missing as a container runtime makes it. */
    Node get(String path) {
        FileSystem files = files();
        Node node = files.find(path, User.ROOT);
        if (node == null) {
            files.makeDirectories(path);
            node = files.get(path, User.ROOT);
        }
        return node;
    }

    /** Makes what the type asks for, and checks that the path is of it. */
    void check(String path, @Nullable String type) throws MountException {
        if (type == null || type.isEmpty()) {
            return;
        }
        FileSystem files = files();
        Node node = files.find(path, User.ROOT);
        switch (type) {
            case "DirectoryOrCreate" -> {
                if (node == null) {
                    files.makeDirectories(path);
                } else {
                    require(node instanceof Directory, path, "is not a directory");
                }
            }
            case "FileOrCreate" -> {
                if (node == null) {
                    create(files, path);
                } else {
                    require(node instanceof RegularFile, path, "is not a file");
                }
            }
            case "Directory" -> require(node instanceof Directory, path, "is not a directory");
            case "File" ->
                    require(
                            node instanceof RegularFile && !SOCKETS.contains(path),
                            path,
                            "is not a file");
            case "Socket" -> require(SOCKETS.contains(path), path, "is not a socket file");
            case "CharDevice" -> require(false, path, "is not a character device");
            case "BlockDevice" -> require(false, path, "is not a block device");
            default -> throw new MountException(type + " is an invalid volume type");
        }
    }

    /** Its directory has to be there already. */
    private static void create(FileSystem files, String path) throws MountException {
        try {
            files.writable(path, 0644, true, User.ROOT);
        } catch (FileException refused) {
            String why = refused.errno().words().toLowerCase(Locale.ROOT);
            throw new MountException("open " + path + ": " + why);
        }
    }

    private static void require(boolean met, String path, String otherwise) throws MountException {
        if (!met) {
            throw new MountException("hostPath type check failed: " + path + " " + otherwise);
        }
    }

    private FileSystem files() {
        Volume disk = store.open(name, new Form(DISK, TYPE, DISK_BYTES, 0755));
        FileSystem files = new FileSystem(disk, false);
        synchronized (this) {
            if (disk.root().get("var") == null) {
                lay(files);
            }
        }
        return files;
    }

    private void lay(FileSystem files) {
        DIRECTORIES.forEach(files::makeDirectories);
        files.get("/tmp", User.ROOT).mode(SHARED);
        files.get("/var/tmp", User.ROOT).mode(SHARED);
        files.link("/run", "/var/run", User.ROOT);
        SOCKETS.forEach(path -> files.force(path, new byte[0], 0660, User.ROOT));
        byte[] hostname = (nodeName + "\n").getBytes(StandardCharsets.UTF_8);
        files.force("/etc/hostname", hostname, 0644, User.ROOT);
        byte[] hosts = HostsFile.ofNode(nodeName).getBytes(StandardCharsets.UTF_8);
        files.force("/etc/hosts", hosts, 0644, User.ROOT);
    }
}
