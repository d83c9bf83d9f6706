package dev.orrery.apiserver.authentication;

import dev.orrery.apiserver.user.User;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The user that a client certificate, already verified, names: CN is the user, each O a group. */
public final class CertificateUser {

    private CertificateUser() {}

    public static User of(X509Certificate certificate) {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            String subject = certificate.getSubjectX500Principal().getName();
            for (Rdn part : new LdapName(subject).getRdns()) {
                switch (part.getType()) {
                    case "CN" -> name = String.valueOf(part.getValue());
                    case "O" -> groups.add(String.valueOf(part.getValue()));
                    default -> {}
                }
            }
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException("a certificate without a name", e);
        }
        if (name.isEmpty()) {
            return User.ANONYMOUS;
        }
        groups.add(User.AUTHENTICATED);
        return User.of(name, groups);
    }
}
