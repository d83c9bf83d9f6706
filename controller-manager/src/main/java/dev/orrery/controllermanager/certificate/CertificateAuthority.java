package dev.orrery.controllermanager.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The cluster's root, as far as it signs what is asked for through the API. Read when it is needed:
 * most clusters never sign anything.
 *
 * @param certificatePem the root's
 * @param keyPem its key, on the curve P-256
 */
public record CertificateAuthority(String certificatePem, String keyPem) {

    private static final Duration LONGEST = Duration.ofDays(365);

    /** Clocks differ: as Kubernetes, valid from a little before. */
    private static final Duration BACKDATE = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 127;

    private static final Map<String, Integer> KEY_USAGES =
            Map.of(
                    "signing", KeyUsage.digitalSignature,
                    "digital signature", KeyUsage.digitalSignature,
                    "content commitment", KeyUsage.nonRepudiation,
                    "key encipherment", KeyUsage.keyEncipherment,
                    "key agreement", KeyUsage.keyAgreement,
                    "data encipherment", KeyUsage.dataEncipherment,
                    "cert sign", KeyUsage.keyCertSign,
                    "crl sign", KeyUsage.cRLSign,
                    "encipher only", KeyUsage.encipherOnly,
                    "decipher only", KeyUsage.decipherOnly);
    private static final Map<String, KeyPurposeId> PURPOSES =
            Map.of(
                    "any", KeyPurposeId.anyExtendedKeyUsage,
                    "server auth", KeyPurposeId.id_kp_serverAuth,
                    "client auth", KeyPurposeId.id_kp_clientAuth,
                    "code signing", KeyPurposeId.id_kp_codeSigning,
                    "email protection", KeyPurposeId.id_kp_emailProtection,
                    "timestamping", KeyPurposeId.id_kp_timeStamping,
                    "ocsp signing", KeyPurposeId.id_kp_OCSPSigning);

    private static byte[] content(String pem) throws IOException {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject object = reader.readPemObject();
            if (object == null) {
                throw new IOException("no PEM block");
            }
            return object.getContent();
        }
    }

    /** A certificate, PEM. */
    String sign(
            RequestedCertificate request,
            Collection<String> usages,
            Duration wanted,
            Instant now,
            RandomGenerator random)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        X509CertificateHolder certificate = new X509CertificateHolder(content(certificatePem));
        Duration life = wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
        Instant end = now.plus(life);
        Instant last = certificate.getNotAfter().toInstant();
        X509v3CertificateBuilder builder =
                new X509v3CertificateBuilder(
                        certificate.getSubject(),
                        serial(random),
                        Date.from(now.minus(BACKDATE)),
                        Date.from(end.isBefore(last) ? end : last),
                        request.subject(),
                        request.request().getSubjectPublicKeyInfo());
        addUsages(builder, usages);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        Extension names = request.alternativeNames();
        if (names != null) {
            builder.addExtension(names);
        }
        return pem(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key())));
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(content(keyPem)));
    }

    private static void addUsages(X509v3CertificateBuilder builder, Collection<String> usages)
            throws IOException {
        int bits = 0;
        for (String usage : usages) {
            bits |= KEY_USAGES.getOrDefault(usage, 0);
        }
        if (bits != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
        }
        KeyPurposeId[] purposes =
                usages.stream()
                        .map(PURPOSES::get)
                        .filter(Objects::nonNull)
                        .toArray(KeyPurposeId[]::new);
        if (purposes.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
    }

    private static BigInteger serial(RandomGenerator random) {
        byte[] bytes = new byte[SERIAL_BITS / 8];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).add(BigInteger.ONE);
    }

    private static String pem(X509CertificateHolder holder) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject("CERTIFICATE", holder.getEncoded()));
        }
        return text.toString();
    }
}
