package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.hook.HookTarget;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;

/** Why nobody answered, in the words of Go's network library. */
final class NetworkFaults {

    private static final int MAX_CAUSES = 20;

    private NetworkFaults() {}

    static String text(HookTarget target, Throwable failure) {
        Throwable cause = failure;
        String text = String.valueOf(failure.getMessage());
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            String known = known(target, cause);
            if (!known.isEmpty()) {
                text = known;
            }
        }
        return text.equals("Connection was closed") ? "EOF" : text;
    }

    /** Empty for what has no words of its own; what lies deeper says more. */
    private static String known(HookTarget target, Throwable cause) {
        String verify = "tls: failed to verify certificate: x509: ";
        String dial = "dial tcp " + target.host() + ":" + target.port() + ": ";
        return switch (cause) {
            case UnknownHostException _ -> "dial tcp: lookup " + target.host() + ": no such host";
            case NoRouteToHostException _ -> dial + "connect: no route to host";
            case ConnectException _ -> dial + "connect: connection refused";
            case CertificateExpiredException _ ->
                    verify + "certificate has expired or is not yet valid";
            case CertPathBuilderException _, CertPathValidatorException _ ->
                    verify + "certificate signed by unknown authority";
            case CertificateException wrong
                    when String.valueOf(wrong.getMessage()).contains("matching") ->
                    verify + "certificate is not valid for " + target.serverName();
            case SSLException broken -> "tls: " + broken.getMessage();
            default -> "";
        };
    }
}
