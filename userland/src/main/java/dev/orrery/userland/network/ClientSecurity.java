package dev.orrery.userland.network;

import dev.orrery.userland.file.Raw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whom a program of a container trusts when it speaks TLS. */
public final class ClientSecurity {

    private ClientSecurity() {}

    /**
     * @param insecure trusts anybody
     * @param authorities PEM, in raw form; empty for none, for nobody else is known in a container
     */
    public static SSLEngine engine(String host, int port, boolean insecure, String authorities) {
        try {
            SSLContext context = insecure ? Trusting.CONTEXT : context(only(authorities));
            SSLEngine engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            if (!insecure) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                engine.setSSLParameters(parameters);
            }
            return engine;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    private static SSLContext context(TrustManager[] trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted, null);
        return context;
    }

    /** Made once: every HTTPS probe of the cluster uses it. */
    private static final class Trusting {

        static final SSLContext CONTEXT = make();

        private static SSLContext make() {
            try {
                return context(new TrustManager[] {new Anybody()});
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no TLS", e);
            }
        }
    }

    private static TrustManager[] only(String authorities)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int number = 0;
        if (!authorities.isBlank()) {
            for (Certificate each :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(Raw.bytes(authorities)))) {
                trusted.setCertificateEntry("authority-" + number++, each);
            }
        }
        if (number == 0) {
            return new TrustManager[] {new Nobody()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws java.security.cert.CertificateException {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws java.security.cert.CertificateException {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class Nobody extends Anybody {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws java.security.cert.CertificateException {
            throw new java.security.cert.CertificateException("nobody is trusted");
        }
    }
}
