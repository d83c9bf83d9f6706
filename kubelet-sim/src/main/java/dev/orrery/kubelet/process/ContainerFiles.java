package dev.orrery.kubelet.process;

import dev.orrery.userland.applet.Applets;
import dev.orrery.userland.file.Device;
import dev.orrery.userland.file.FileSystem;
import dev.orrery.userland.file.User;
import dev.orrery.userland.file.Volume;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The files that every container finds: programs, and what the kubelet writes for it. */
final class ContainerFiles {

    private static final long CAPACITY_BYTES = 1L << 30;
    private static final int READABLE = 0644;

    private ContainerFiles() {}

    static FileSystem of(String hostname, String directory, InstantSource clock) {
        FileSystem files =
                new FileSystem(new Volume("overlay", "overlay", CAPACITY_BYTES, clock), false);
        new Applets().names().forEach(name -> files.program("/bin/" + name, name));
        files.device("/dev/null", Device.Kind.NULL);
        for (String folder : new String[] {"/tmp", "/root", "/etc", "/var", directory}) {
            files.makeDirectories(folder);
        }
        write(files, "/etc/hostname", hostname + "\n");
        write(
                files,
                "/etc/hosts",
                """
                # Kubernetes-managed hosts file.
                127.0.0.1\tlocalhost
                ::1\tlocalhost ip6-localhost ip6-loopback
                """);
        write(files, "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        return files;
    }

    private static void write(FileSystem files, String path, String text) {
        files.force(path, text.getBytes(StandardCharsets.UTF_8), READABLE, User.ROOT);
    }
}
