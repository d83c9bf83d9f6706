package dev.orrery.apiserver.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/**
 * What others need to check tokens by themselves: the documents of OpenID Connect's discovery.
 *
 * @param key on the curve P-256
 */
public record KeySet(ECPublicKey key) {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_BYTES = 32;

    /** The name of a key: as Kubernetes makes it, from the key itself. */
    static String id(PublicKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ENCODER.encodeToString(digest.digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@code /openid/v1/jwks}. */
    public ObjectNode keys() {
        ObjectNode set = Trees.object();
        set.putArray("keys")
                .addObject()
                .put("use", "sig")
                .put("kty", "EC")
                .put("kid", id(key))
                .put("crv", "P-256")
                .put("alg", "ES256")
                .put("x", coordinate(key.getW().getAffineX()))
                .put("y", coordinate(key.getW().getAffineY()));
        return set;
    }

    /**
     * {@code /.well-known/openid-configuration}.
     *
     * @param address of the server, {@code host:port}
     */
    public ObjectNode configuration(String address) {
        ObjectNode configuration =
                Trees.object()
                        .put("issuer", Claims.ISSUER)
                        .put("jwks_uri", "https://" + address + "/openid/v1/jwks");
        configuration.putArray("response_types_supported").add("id_token");
        configuration.putArray("subject_types_supported").add("public");
        configuration.putArray("id_token_signing_alg_values_supported").add("ES256");
        return configuration;
    }

    /** Of fixed length, whatever zeros it begins with. */
    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return ENCODER.encodeToString(fixed);
    }
}
