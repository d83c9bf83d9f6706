package dev.orrery.machinery.store.grpc;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who a component is, and whom it trusts: PEM files in the cluster's PKI directory. Both ends of a
 * gRPC connection show their certificates.
 *
 * @param ca signs every certificate of the cluster
 * @param certificate the component's own, with its Kubernetes name as CN
 * @param key PKCS#8
 */
public record Credentials(Path ca, Path certificate, Path key) {

    /**
     * Netty puts the key into a key store in memory for the JDK's sake. The default kind encrypts
     * it there with 10,000 rounds of a hash, at every start and for nobody.
     */
    private static final String PLAIN_KEY_STORE = "JKS";

    private static final ApplicationProtocolConfig HTTP_2 =
            new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2);

    /** BoringSSL where the platform has it: see the decision on the JVM's compilers. */
    private static final SslProvider PROVIDER =
            OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

    /** The files of one component: {@code ca.crt}, {@code NAME.crt}, {@code NAME.key}. */
    public static Credentials of(Path pkiDirectory, String name) {
        return new Credentials(
                pkiDirectory.resolve("ca.crt"),
                pkiDirectory.resolve(name + ".crt"),
                pkiDirectory.resolve(name + ".key"));
    }

    /**
     * @throws UncheckedIOException if a file cannot be read (yet)
     */
    public SslContext client() {
        return context((own, secret) -> SslContextBuilder.forClient().keyManager(own, secret));
    }

    /**
     * Refuses clients without a certificate of the cluster.
     *
     * @throws UncheckedIOException if a file cannot be read (yet)
     */
    public SslContext server() {
        return context((own, secret) ->
                SslContextBuilder.forServer(own, secret).clientAuth(ClientAuth.REQUIRE));
    }

    private interface Start {
        SslContextBuilder with(InputStream certificate, InputStream key);
    }

    /**
     * What gRPC's own helper sets, without its question whether the JDK speaks ALPN, to answer
     * which it reads all certificates that the JDK trusts.
     */
    private SslContext context(Start start) {
        try (var trusted = Files.newInputStream(ca);
                var own = Files.newInputStream(certificate);
                var secret = Files.newInputStream(key)) {
            return start.with(own, secret)
                    .trustManager(trusted)
                    .keyStoreType(PLAIN_KEY_STORE)
                    .sslProvider(PROVIDER)
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(HTTP_2)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
