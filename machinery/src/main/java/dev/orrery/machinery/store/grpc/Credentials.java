package dev.orrery.machinery.store.grpc;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who a component is, and whom it trusts: PEM files in the cluster's PKI directory.
 *
 * @param ca signs every certificate of the cluster
 * @param certificate the component's own, with its Kubernetes name as CN
 * @param key PKCS#8
 */
public record Credentials(Path ca, Path certificate, Path key) {

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
    SslContext clientContext() {
        try (var trusted = Files.newInputStream(ca);
                var own = Files.newInputStream(certificate);
                var secret = Files.newInputStream(key)) {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().trustManager(trusted).keyManager(own, secret);
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
