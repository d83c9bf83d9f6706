package dev.orrery.apiserver.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs and reads JSON web tokens with the cluster's key for service accounts (ES256). Whether an
 * account still exists is not looked at here. Used from any thread.
 */
public final class Tokens {

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final PrivateKey signing;
    private final PublicKey verifying;
    private final String header;

    /** A pair on the curve P-256. */
    public Tokens(PrivateKey signing, PublicKey verifying) {
        this.signing = signing;
        this.verifying = verifying;
        String key = KeySet.id(verifying);
        this.header = encode(Trees.write(Trees.object().put("alg", "ES256").put("kid", key)));
    }

    /** For who checks tokens without asking the server; null for a key of another kind. */
    public @Nullable KeySet keys() {
        return verifying instanceof ECPublicKey key ? new KeySet(key) : null;
    }

    public String sign(Claims claims) {
        String content = header + "." + encode(Trees.write(claims.json()));
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signing);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key for service accounts does not sign", e);
        }
    }

    /** The claims of a token that was signed here; empty for any other text. */
    public Optional<Claims> read(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(verifying);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(DECODER.decode(parts[2]))) {
                return Optional.empty();
            }
            JsonNode claims = Trees.read(DECODER.decode(parts[1]));
            return claims.path("iss").asText().equals(Claims.ISSUER)
                    ? Optional.of(Claims.of(claims))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }
}
