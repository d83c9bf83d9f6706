package dev.orrery.controllermanager;

import static java.util.Objects.requireNonNull;

/**
 * What the controllers must be told.
 *
 * @param rootCertificate the cluster's certificate authority, PEM
 */
public record ControllerManagerConfig(String rootCertificate) {

    public ControllerManagerConfig {
        requireNonNull(rootCertificate);
    }
}
