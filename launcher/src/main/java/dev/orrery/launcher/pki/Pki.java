package dev.orrery.launcher.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The folder of keys and certificates that the services and the kubeconfig use. What is there is
 * kept; what is missing is made. One process at a time.
 */
public record Pki(Path folder) {

    /** Whose key goes into the kubeconfig, and so into the hands of all sorts of clients. */
    private static final String ADMIN = "admin";

    private static final List<String> API_SERVER_HOSTS =
            List.of(
                    "localhost",
                    "127.0.0.1",
                    "0:0:0:0:0:0:0:1",
                    "api-server",
                    "kubernetes",
                    "kubernetes.default",
                    "kubernetes.default.svc",
                    "kubernetes.default.svc.cluster.local",
                    "10.96.0.1");

    /**
     * Makes what is missing.
     *
     * @param moreHosts further names and addresses under which the api-server is reached
     */
    public void ensure(List<String> moreHosts, SecureRandom random, Instant now)
            throws PkiException {
        try {
            Files.createDirectories(folder);
            CertificateAuthority authority = authority(random, now);
            for (Identity identity : identities(moreHosts)) {
                if (!Files.exists(folder.resolve(identity.file() + ".crt"))) {
                    issue(authority, identity, random, now);
                }
            }
            serviceAccountKey(random);
        } catch (IOException | GeneralSecurityException e) {
            throw new PkiException("cannot make the certificates in " + folder, e);
        }
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** TLS that trusts this authority alone and shows one of its client certificates. */
    public SSLContext clientContext(String identity) throws PkiException {
        try {
            char[] password = {};
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, password);
            keys.setKeyEntry(
                    identity,
                    Pem.privateKey(file(identity + ".key")),
                    password,
                    new Certificate[] {Pem.certificate(file(identity + ".crt"))});
            keys.setCertificateEntry("ca", Pem.certificate(file("ca.crt")));
            KeyManagerFactory mine = KeyManagerFactory.getInstance("PKIX");
            mine.init(keys, password);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
            trusted.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(mine.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new PkiException("cannot read the certificates in " + folder, e);
        }
    }

    private static List<Identity> identities(List<String> moreHosts) {
        List<String> hosts = new ArrayList<>(API_SERVER_HOSTS);
        hosts.addAll(moreHosts);
        return List.of(
                new Identity("apiserver", "kube-apiserver", List.of(), hosts),
                Identity.client(ADMIN, "kubernetes-admin", "system:masters"),
                Identity.client("scheduler", "system:kube-scheduler"),
                Identity.client("controller-manager", "system:kube-controller-manager"),
                new Identity(
                        "kubelet-sim",
                        "system:kubelet-sim",
                        List.of("system:nodes"),
                        List.of("localhost", "127.0.0.1", "kubelet-sim")));
    }

    private CertificateAuthority authority(SecureRandom random, Instant now)
            throws PkiException, IOException, GeneralSecurityException {
        Path certificate = file("ca.crt");
        Path key = file("ca.key");
        if (Files.exists(certificate)) {
            return new CertificateAuthority(Pem.privateKey(key), Pem.certificate(certificate));
        }
        CertificateAuthority authority = CertificateAuthority.create(random, now);
        Pem.write(key, "PRIVATE KEY", authority.key().getEncoded());
        Pem.write(certificate, "CERTIFICATE", authority.certificate().getEncoded());
        return authority;
    }

    private void issue(
            CertificateAuthority authority, Identity identity, SecureRandom random, Instant now)
            throws PkiException, IOException, GeneralSecurityException {
        KeyPair pair =
                identity.file().equals(ADMIN)
                        ? CertificateAuthority.rsaKeyPair(random)
                        : CertificateAuthority.keyPair(random);
        byte[] certificate = authority.issue(identity, pair, random, now).getEncoded();
        Pem.write(file(identity.file() + ".key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
        Pem.write(file(identity.file() + ".crt"), "CERTIFICATE", certificate);
    }

    /** The key pair that signs service-account tokens. */
    private void serviceAccountKey(SecureRandom random)
            throws IOException, GeneralSecurityException {
        if (!Files.exists(file("sa.pub"))) {
            KeyPair pair = CertificateAuthority.keyPair(random);
            Pem.write(file("sa.key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
            Pem.write(file("sa.pub"), "PUBLIC KEY", pair.getPublic().getEncoded());
        }
    }
}
