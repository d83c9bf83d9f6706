package dev.orrery.controllermanager;

import static java.util.Objects.requireNonNull;

import dev.orrery.controllermanager.certificate.CertificateAuthority;
import org.jspecify.annotations.Nullable;

/**
 * What the controllers must be told.
 *
 * @param rootCertificate the cluster's certificate authority, PEM
 * @param authority which signs certificates; null where its key is not here
 */
public record ControllerManagerConfig(
        String rootCertificate, @Nullable CertificateAuthority authority) {

    public ControllerManagerConfig {
        requireNonNull(rootCertificate);
    }
}
