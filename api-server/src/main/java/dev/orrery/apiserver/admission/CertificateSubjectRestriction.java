package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.status.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Nobody becomes a master of the cluster by a certificate that the cluster signs. */
public final class CertificateSubjectRestriction implements AdmissionPlugin {

    private static final String SIGNER = "kubernetes.io/kube-apiserver-client";
    private static final String MASTERS = "system:masters";

    @Override
    public void validate(Attributes attributes) {
        ObjectNode request = attributes.object();
        if (request == null
                || attributes.operation() != Operation.CREATE
                || !attributes.kind().plural().equals("certificatesigningrequests")
                || !request.path("spec").path("signerName").asText().equals(SIGNER)) {
            return;
        }
        if (names(request.path("spec").path("request").asText(), MASTERS)) {
            throw Refusals.forbidden(
                    attributes.kind().resource(),
                    attributes.name(),
                    "use of " + SIGNER + " signer with " + MASTERS + " group is not allowed");
        }
    }

    /**
     * Whether a request has the text among its names. Looks at the encoded bytes: no other part of
     * a request says that by chance.
     */
    private static boolean names(String base64, String text) {
        try {
            String pem =
                    new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
            String content = pem.replaceAll("-----[A-Z ]+-----", "");
            byte[] encoded = Base64.getMimeDecoder().decode(content);
            return new String(encoded, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IllegalArgumentException _) {
            return false; // refused elsewhere
        }
    }
}
