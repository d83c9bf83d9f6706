package dev.orrery.launcher.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Keys and certificates as PEM files. Private keys can be read by their owner alone. */
final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static void write(Path file, String type, byte[] content) throws IOException {
        String text =
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(type, LINES.encodeToString(content), type);
        Files.deleteIfExists(file);
        if (type.contains("PRIVATE")
                && Files.getFileStore(file.toAbsolutePath().getParent())
                        .supportsFileAttributeView("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text, StandardOpenOption.CREATE);
    }

    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        PrivateKeyInfo key = PrivateKeyInfo.getInstance(content(file));
        return new JcaPEMKeyConverter().getPrivateKey(key);
    }

    static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static byte[] content(Path file) {
        try (PemReader reader = new PemReader(new StringReader(Files.readString(file)))) {
            PemObject content = reader.readPemObject();
            if (content == null) {
                throw new IOException("no PEM block in " + file);
            }
            return content.getContent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
