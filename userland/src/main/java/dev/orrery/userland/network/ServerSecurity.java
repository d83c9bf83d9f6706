package dev.orrery.userland.network;

import dev.orrery.userland.file.Raw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The certificate with which a program of a container serves TLS. For any thread. */
public final class ServerSecurity {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END", Pattern.DOTALL);
    private static final char[] NO_PASSWORD = {};
    private static final int[] RSA = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1};
    private static final int[] EC = {0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1};
    private static final int[] P256 = {0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7};
    private static final int[] P384 = {0x2b, 0x81, 4, 0, 0x22};
    private static final int[] SHA256_WITH_ECDSA = {0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2};
    private static final int[] COMMON_NAME = {0x55, 4, 3};
    private static final int[] ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};
    private static final int UTC_TIME = 0x17;
    private static final int EXPLICIT_0 = 0xa0;
    private static final int EXPLICIT_3 = 0xa3;
    private static final int DNS_NAME = 0x82;

    private final SSLContext context;

    private ServerSecurity(PrivateKey key, Certificate... chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, NO_PASSWORD, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, NO_PASSWORD);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
    }

    /**
     * Of PEM in raw form; the key in any of its usual forms. Throws IllegalArgumentException where
     * they are none.
     */
    public static ServerSecurity of(String certificates, String key) {
        try {
            Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(Raw.bytes(certificates)))
                            .toArray(Certificate[]::new);
            String algorithm = chain.length == 0 ? "" : chain[0].getPublicKey().getAlgorithm();
            PrivateKey privateKey =
                    KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(key)));
            return new ServerSecurity(privateKey, chain);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("tls: failed to find any PEM data", e);
        }
    }

    private static byte[] pkcs8(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("no key");
        }
        byte[] content = Base64.getMimeDecoder().decode(block.group(2).strip());
        byte[] zero = Der.integer(BigInteger.ZERO);
        return switch (block.group(1)) {
            case "RSA PRIVATE KEY" ->
                    Der.sequence(
                            zero,
                            Der.sequence(Der.object(RSA), Der.nothing()),
                            Der.octets(content));
            case "EC PRIVATE KEY" -> {
                byte[] p384 = Der.object(P384);
                String all = new String(content, StandardCharsets.ISO_8859_1);
                boolean larger = all.contains(new String(p384, StandardCharsets.ISO_8859_1));
                yield Der.sequence(
                        zero,
                        Der.sequence(Der.object(EC), larger ? p384 : Der.object(P256)),
                        Der.octets(content));
            }
            default -> content;
        };
    }

    /** A new certificate that nobody has signed but itself. */
    public static ServerSecurity selfSigned(String name, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] algorithm = Der.sequence(Der.object(SHA256_WITH_ECDSA));
            byte[] body = body(name, now, algorithm, pair.getPublic().getEncoded());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(body);
            byte[] whole = Der.sequence(body, algorithm, Der.bits(signature.sign()));
            Certificate certificate =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(whole));
            return new ServerSecurity(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate", e);
        }
    }

    private static byte[] body(String name, Instant now, byte[] algorithm, byte[] publicKey) {
        byte[] subject =
                Der.sequence(Der.set(Der.sequence(Der.object(COMMON_NAME), Der.text(name))));
        byte[] names = Der.sequence(Der.of(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII)));
        return Der.sequence(
                Der.of(EXPLICIT_0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.valueOf(now.toEpochMilli())),
                algorithm,
                subject,
                Der.sequence(
                        time(now.minus(Duration.ofDays(1))), time(now.plus(Duration.ofDays(3650)))),
                subject,
                publicKey,
                Der.of(
                        EXPLICIT_3,
                        Der.sequence(
                                Der.sequence(Der.object(ALTERNATIVE_NAME), Der.octets(names)))));
    }

    private static byte[] time(Instant time) {
        String text =
                DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(time);
        return Der.of(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** For one connection. */
    public SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }
}
