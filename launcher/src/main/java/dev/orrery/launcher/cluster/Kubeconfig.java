package dev.orrery.launcher.cluster;

import dev.orrery.launcher.pki.Pki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** The file that tells kubectl where the cluster is and who its user is. */
public final class Kubeconfig {

    private Kubeconfig() {}

    /** Writes it, whole and self-contained: it may be copied elsewhere. */
    public static void write(Cluster cluster, Pki pki) throws IOException {
        write(cluster.url(), pki, cluster.kubeconfig());
    }

    /**
     * As {@link #write(Cluster, Pki)}, for a cluster that is somewhere else.
     *
     * @param server {@code https://localhost:6443}
     */
    public static void write(String server, Pki pki, Path file) throws IOException {
        String text =
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: orrery
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: orrery-admin
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                contexts:
                - name: orrery
                  context:
                    cluster: orrery
                    user: orrery-admin
                current-context: orrery
                """
                        .formatted(
                                server,
                                base64(pki.file("ca.crt")),
                                base64(pki.file("admin.crt")),
                                base64(pki.file("admin.key")));
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text, StandardOpenOption.CREATE);
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
