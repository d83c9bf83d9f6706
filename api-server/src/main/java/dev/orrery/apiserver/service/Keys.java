package dev.orrery.apiserver.service;

import dev.orrery.apiserver.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads the key pair for service accounts. */
final class Keys {

    private Keys() {}

    static Tokens tokens(Path pki) throws IOException {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            return new Tokens(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(pem(pki.resolve("sa.key")))),
                    keys.generatePublic(new X509EncodedKeySpec(pem(pki.resolve("sa.pub")))));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key for service accounts is none: " + pki, e);
        }
    }

    private static byte[] pem(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("-----")) {
                text.append(line.strip());
            }
        }
        return Base64.getDecoder().decode(text.toString());
    }
}
