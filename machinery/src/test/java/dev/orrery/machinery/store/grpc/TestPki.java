package dev.orrery.machinery.store.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority with a server's and a component's certificate, as PEM files. */
final class TestPki {

    private static final X500Name CA = new X500Name("CN=test-ca");

    private final Path directory;
    private final KeyPair authority = keyPair();

    TestPki(Path directory) {
        this.directory = directory;
        write("ca.crt", "CERTIFICATE", encoded(certificate(CA, authority, true)));
        issue("server", "CN=api-server");
        issue("scheduler", "CN=system:kube-scheduler");
    }

    Path directory() {
        return directory;
    }

    private void issue(String name, String subject) {
        KeyPair pair = keyPair();
        X509Certificate certificate = certificate(new X500Name(subject), pair, false);
        write(name + ".crt", "CERTIFICATE", encoded(certificate));
        write(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    private X509Certificate certificate(X500Name subject, KeyPair pair, boolean isAuthority) {
        Instant now = Instant.now();
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                                    CA,
                                    BigInteger.valueOf(now.toEpochMilli()),
                                    Date.from(now.minus(1, ChronoUnit.HOURS)),
                                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                                    subject,
                                    pair.getPublic())
                            .addExtension(
                                    Extension.basicConstraints,
                                    true,
                                    new BasicConstraints(isAuthority))
                            .addExtension(
                                    Extension.subjectAlternativeName,
                                    false,
                                    new GeneralNames(
                                            new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(authority.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String file, String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        String pem = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
        try {
            Files.writeString(directory.resolve(file), pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
