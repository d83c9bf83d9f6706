package dev.orrery.launcher.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the certificates must say: https://kubernetes.io/docs/setup/best-practices/certificates/ */
class PkiTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path folder;
    private Pki pki = new Pki(Path.of("."));

    @BeforeEach
    void makeAll() throws Exception {
        pki = new Pki(folder.resolve("pki"));
        pki.ensure(List.of("cluster.test"), new SecureRandom(), NOW);
    }

    @Test
    void everyCertificateIsSignedByTheAuthority() throws Exception {
        X509Certificate authority = certificate("ca");
        for (String name :
                List.of("apiserver", "admin", "scheduler", "controller-manager", "kubelet-sim")) {
            certificate(name).verify(authority.getPublicKey());
            certificate(name).checkValidity(Date.from(NOW));
        }
    }

    @Test
    void administratorIsInTheMastersGroup() throws Exception {
        assertThat(certificate("admin").getSubjectX500Principal().getName())
                .isEqualTo("CN=kubernetes-admin,O=system:masters");
    }

    @Test
    void apiServerAnswersForLocalhostAndForNamesThatWereAskedFor() throws Exception {
        assertThat(certificate("apiserver").getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .contains("localhost", "127.0.0.1", "kubernetes.default.svc", "cluster.test");
    }

    @Test
    void whatIsThereIsKept() throws Exception {
        byte[] before = Files.readAllBytes(pki.file("admin.crt"));
        Files.delete(pki.file("scheduler.crt"));

        pki.ensure(List.of(), new SecureRandom(), NOW);

        assertThat(Files.readAllBytes(pki.file("admin.crt"))).isEqualTo(before);
        certificate("scheduler").verify(certificate("ca").getPublicKey());
    }

    @Test
    void privateKeysAreForTheirOwnerOnly() throws Exception {
        for (String key : List.of("ca.key", "admin.key", "sa.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki.file(key))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void clientContextIsMadeFromTheFiles() throws Exception {
        assertThat(pki.clientContext("admin").getProtocol()).isEqualTo("TLS");
    }

    private X509Certificate certificate(String name) throws Exception {
        return Pem.certificate(pki.file(name + ".crt"));
    }
}
