package dev.orrery.kubelet.files;

import dev.orrery.kubelet.image.ImageProfile;
import dev.orrery.kubelet.program.ImagePrograms;
import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.Mount;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** The files that a container finds: its image's, and what the kubelet writes for it. */
public final class ContainerFiles {

    private static final long CAPACITY_BYTES = 1L << 30;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int READABLE = 0644;
    private static final int EVERYBODYS = 01777;
    private static final List<String> FOLDERS =
            List.of(
                    "/bin",
                    "/dev",
                    "/etc",
                    "/home",
                    "/proc",
                    "/root",
                    "/sys",
                    "/tmp",
                    "/usr/bin",
                    "/var/log",
                    "/var/run",
                    "/var/tmp");

    private static final String PASSWD =
            """
            root:x:0:0:root:/root:/bin/sh
            nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
            """;
    private static final String GROUP =
            """
            root:x:0:
            nobody:x:65534:
            """;

    private ContainerFiles() {}

    /**
     * @param readOnly the image's own files cannot be changed, as far as nothing is mounted there
     */
    public static FileSystem of(ImagePrograms programs, boolean readOnly, InstantSource clock) {
        FileSystem files =
                new FileSystem(new Volume("overlay", "overlay", CAPACITY_BYTES, clock), readOnly);
        ImageProfile image = programs.image();
        FOLDERS.forEach(files::makeDirectories);
        programs.tools().forEach(name -> files.program("/bin/" + name, name));
        image.programs().keySet().forEach(path -> files.program(path, path));
        kernel(files, clock);
        devices(files);
        for (String folder : List.of("/tmp", "/var/tmp")) {
            files.get(folder, User.ROOT).mode(EVERYBODYS);
        }
        write(files, "/etc/passwd", PASSWD);
        write(files, "/etc/group", GROUP);
        image.files().forEach((path, text) -> write(files, path, text));
        return files;
    }

    /** What a container runtime mounts for every container. */
    private static void kernel(FileSystem files, InstantSource clock) {
        files.mount("/proc", new Volume("proc", "proc", 0, clock).root(), false);
        files.mount("/dev", new Volume("tmpfs", "tmpfs", MEMORY_BYTES, clock).root(), false);
        Volume shared = new Volume("shm", "tmpfs", MEMORY_BYTES, clock);
        shared.root().mode(EVERYBODYS);
        files.mount("/dev/shm", shared.root(), false);
        files.mount("/sys", new Volume("sysfs", "sysfs", 0, clock).root(), true);
        files.mount("/sys/fs/cgroup", new Volume("cgroup", "cgroup2", 0, clock).root(), true);
        files.generated("/proc/mounts", () -> mounts(files));
        files.forceLink("/proc/mounts", "/etc/mtab");
    }

    private static byte[] mounts(FileSystem files) {
        return Raw.bytes(files.mounts().stream().map(Mount::line).collect(Collectors.joining()));
    }

    private static void devices(FileSystem files) {
        files.device("/dev/null", Device.Kind.NULL);
        files.device("/dev/zero", Device.Kind.ZERO);
        files.device("/dev/full", Device.Kind.FULL);
        files.device("/dev/random", Device.Kind.RANDOM);
        files.device("/dev/urandom", Device.Kind.RANDOM);
        files.device("/dev/tty", Device.Kind.TTY);
        files.device("/dev/stdin", Device.Kind.STDIN);
        files.device("/dev/stdout", Device.Kind.STDOUT);
        files.device("/dev/stderr", Device.Kind.STDERR);
    }

    static void write(FileSystem files, String path, String text) {
        files.force(path, text.getBytes(StandardCharsets.UTF_8), READABLE, User.ROOT);
    }
}
