package dev.orrery.controllermanager.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** A certificate as somebody asks for it: PKCS #10. */
record RequestedCertificate(PKCS10CertificationRequest request) {

    /**
     * @param base64 of the PEM text
     * @throws IOException if it is no request
     */
    static RequestedCertificate parse(String base64) throws IOException {
        String pem = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.US_ASCII);
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject content = reader.readPemObject();
            if (content == null) {
                throw new IOException("no PEM block");
            }
            return new RequestedCertificate(new PKCS10CertificationRequest(content.getContent()));
        }
    }

    X500Name subject() {
        return request.getSubject();
    }

    String commonName() {
        return names(BCStyle.CN).stream().findFirst().orElse("");
    }

    List<String> organizations() {
        return names(BCStyle.O);
    }

    private List<String> names(ASN1ObjectIdentifier kind) {
        return Stream.of(subject().getRDNs(kind))
                .map(name -> IETFUtils.valueToString(name.getFirst().getValue()))
                .toList();
    }

    /** Further names and addresses; null where none are asked for. */
    @Nullable Extension alternativeNames() {
        Extensions extensions = request.getRequestedExtensions();
        return extensions == null
                ? null
                : extensions.getExtension(Extension.subjectAlternativeName);
    }

    boolean hasNames() {
        return alternativeNames() != null;
    }
}
