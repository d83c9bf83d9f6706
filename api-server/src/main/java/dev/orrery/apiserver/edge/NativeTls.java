package dev.orrery.apiserver.edge;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import jakarta.inject.Singleton;

/**
 * Encrypts with BoringSSL where the platform has it: the JDK's ciphers are quick only after its
 * optimizing compiler has been at them, which services here run without.
 */
@Singleton
public final class NativeTls implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
    }
}
