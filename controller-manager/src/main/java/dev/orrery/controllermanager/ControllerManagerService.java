package dev.orrery.controllermanager;

import dev.orrery.controllermanager.certificate.CertificateAuthority;
import dev.orrery.machinery.component.Component;
import dev.orrery.machinery.component.Core;
import dev.orrery.machinery.component.Services;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The controller-manager as a service. */
@Singleton
final class ControllerManagerService {

    @Produces
    @Singleton
    Component component(@ConfigProperty(name = "orrery.pki.dir", defaultValue = "pki") Path pki) {
        return Services.component(
                "controller-manager",
                "kube-controller-manager",
                surroundings -> {
                    ControllerManager manager = new ControllerManager(surroundings, config(pki));
                    return Core.of(manager::start, manager::stop, manager::figures);
                });
    }

    private static ControllerManagerConfig config(Path pki) {
        String root = read(pki.resolve("ca.crt"));
        Path key = pki.resolve("ca.key");
        return new ControllerManagerConfig(
                root, Files.isReadable(key) ? new CertificateAuthority(root, read(key)) : null);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
