package dev.orrery.apiserver.rules.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The PEM texts of requests and certificates, as they come in JSON: in base64 once more. */
final class RequestText {

    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int SEQUENCE = 0x30;

    private RequestText() {}

    /** What is wrong with a request; empty if nothing is. */
    static String fault(String base64) {
        Matcher block = block(base64);
        if (block == null || !block.group(1).equals("CERTIFICATE REQUEST")) {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
        byte[] content = decoded(block.group(2));
        return content.length > 0 && content[0] == SEQUENCE
                ? ""
                : "asn1: structure error: tags don't match";
    }

    /** What is wrong with certificates; empty if nothing is. */
    static String certificateFault(String base64) {
        String text = new String(decoded(base64), StandardCharsets.ISO_8859_1);
        Matcher block = BLOCK.matcher(text);
        int found = 0;
        while (block.find()) {
            if (!block.group(1).equals("CERTIFICATE")) {
                return "only CERTIFICATE PEM blocks are allowed, found \"" + block.group(1) + "\"";
            }
            if (!isCertificate(decoded(block.group(2)))) {
                return "found invalid certificate";
            }
            found++;
        }
        return found == 0 ? "must contain at least one CERTIFICATE PEM block" : "";
    }

    private static boolean isCertificate(byte[] content) {
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(content));
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }

    private static @Nullable Matcher block(String base64) {
        Matcher matcher = BLOCK.matcher(new String(decoded(base64), StandardCharsets.ISO_8859_1));
        return matcher.find() ? matcher : null;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }
}
