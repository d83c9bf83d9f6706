package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.authentication.CertificateUser;
import dev.orrery.apiserver.user.User;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The user behind a TLS connection, found out once for each. */
final class Users {

    private static final String KEY = "dev.orrery.user";

    private Users() {}

    static User of(@Nullable SSLSession session) {
        if (session == null) {
            return User.ANONYMOUS;
        }
        if (session.getValue(KEY) instanceof User known) {
            return known;
        }
        User user = read(session);
        session.putValue(KEY, user);
        return user;
    }

    private static User read(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? CertificateUser.of(certificate)
                    : User.ANONYMOUS;
        } catch (SSLPeerUnverifiedException _) {
            return User.ANONYMOUS;
        }
    }
}
