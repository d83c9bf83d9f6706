package dev.orrery.launcher.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates (EC P-256) with the cluster's own root. */
record CertificateAuthority(PrivateKey key, X509Certificate certificate) {

    private static final int RSA_BITS = 2048;
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final X500Name NAME = new X500Name("CN=orrery-ca");

    /** Machines' clocks differ a little: a certificate is valid from somewhat before its making. */
    private static final Duration SLACK = Duration.ofHours(1);

    static CertificateAuthority create(SecureRandom random, Instant now) throws PkiException {
        try {
            KeyPair pair = keyPair(random);
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            serial(random),
                            Date.from(now.minus(SLACK)),
                            Date.from(now.plus(LIFE)),
                            NAME,
                            pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            KeyUsage.keyCertSign | KeyUsage.digitalSignature | KeyUsage.cRLSign));
            return new CertificateAuthority(pair.getPrivate(), sign(builder, pair.getPrivate()));
        } catch (Exception e) {
            throw new PkiException("the certificate authority could not be made", e);
        }
    }

    X509Certificate issue(Identity identity, KeyPair pair, SecureRandom random, Instant now)
            throws PkiException {
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            serial(random),
                            Date.from(now.minus(SLACK)),
                            Date.from(now.plus(LIFE)),
                            subject(identity),
                            pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, purposes(identity));
            if (!identity.hosts().isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, names(identity.hosts()));
            }
            return sign(builder, key);
        } catch (Exception e) {
            throw new PkiException("no certificate could be made for " + identity.user(), e);
        }
    }

    static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** Older, larger and slower, but the one kind of key that every client library reads. */
    static KeyPair rsaKeyPair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS, random);
        return generator.generateKeyPair();
    }

    private static X500Name subject(Identity identity) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        identity.groups().forEach(group -> name.addRDN(BCStyle.O, group));
        return name.addRDN(BCStyle.CN, identity.user()).build();
    }

    private static ExtendedKeyUsage purposes(Identity identity) {
        return identity.hosts().isEmpty()
                ? new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)
                : new ExtendedKeyUsage(
                        new KeyPurposeId[] {
                            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                        });
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(
                hosts.stream()
                        .map(host ->
                                new GeneralName(
                                        isAddress(host)
                                                ? GeneralName.iPAddress
                                                : GeneralName.dNSName,
                                        host))
                        .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(127, random).add(BigInteger.ONE);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }
}
