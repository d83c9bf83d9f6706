package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.node.ClusterHttp.Security;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** The api-server as a client of servers in the cluster. For any thread. */
public final class ClientTls {

    /** More authorities than a cluster usually has webhooks; each is read once. */
    private static final int MOST_CONTEXTS = 64;

    private final Path pki;
    private final Map<Security, SslContext> contexts =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Security, SslContext> eldest) {
                    return size() > MOST_CONTEXTS;
                }
            };

    /**
     * @param pki where the api-server's own certificate is
     */
    public ClientTls(Path pki) {
        this.pki = pki;
    }

    /** Throws IllegalArgumentException where the authorities are none. */
    SSLEngine engine(Security security, int port) {
        SSLEngine engine =
                context(security)
                        .newEngine(UnpooledByteBufAllocator.DEFAULT, security.serverName(), port);
        if (security.verify()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    private synchronized SslContext context(Security security) {
        return contexts.computeIfAbsent(security, this::make);
    }

    private SslContext make(Security security) {
        SslContextBuilder builder =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .endpointIdentificationAlgorithm("");
        if (!security.verify()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (!security.authorities().isEmpty()) {
            byte[] pem = security.authorities().getBytes(StandardCharsets.UTF_8);
            builder.trustManager(new ByteArrayInputStream(pem));
        }
        if (security.asApiServer()) {
            builder.keyManager(
                    pki.resolve("apiserver.crt").toFile(), pki.resolve("apiserver.key").toFile());
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(
                    "unable to load root certificates: " + e.getMessage(), e);
        }
    }
}
