package dev.orrery.apiserver.edge;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a TLS connection does not stand, as Go's library says it. */
final class TlsWords {

    private static final String NOT_VERIFIED = "tls: failed to verify certificate: x509: ";

    private TlsWords() {}

    static String of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String known = known(each);
            if (known != null) {
                return known;
            }
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                return "tls: " + each.getMessage();
            }
        }
        return "malformed HTTP response";
    }

    private static @Nullable String known(Throwable failure) {
        if (failure instanceof CertificateExpiredException) {
            return NOT_VERIFIED + "certificate has expired or is not yet valid";
        }
        if (failure instanceof CertPathValidatorException
                || failure instanceof CertPathBuilderException) {
            return NOT_VERIFIED + "certificate signed by unknown authority";
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof CertificateException && message.startsWith("No subject alt")) {
            return NOT_VERIFIED
                    + "certificate is not valid for any names, but wanted to match"
                    + message.replaceAll(".*(?:matching|DNS name|found for)", "");
        }
        return message.startsWith("not an SSL/TLS record")
                ? "http: server gave HTTP response to HTTPS client"
                : null;
    }
}
