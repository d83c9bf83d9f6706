package dev.orrery.kubelet.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Verifies a token of a service account by what its issuer says of itself over OpenID Connect. */
final class IssuerDiscovery extends Talker {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String DOCUMENT = "/.well-known/openid-configuration";

    private final Flags flags;
    private String token = "";
    private String issuer = "";
    private @Nullable ChildOutput document;
    private @Nullable ChildOutput keys;

    IssuerDiscovery(Flags flags) {
        this.flags = flags;
    }

    @Override
    Step work(Task task) {
        try {
            if (document == null) {
                document = begin(task);
                return Step.MORE;
            }
            if (keys == null) {
                Integer code = document.poll(task);
                if (code == null) {
                    return Step.WAITING;
                }
                keys = fetch(task, keysAddress(code, document.text()));
                log(task, "OK: Constructed OIDC provider for issuer " + issuer);
                return Step.MORE;
            }
            Integer code = keys.poll(task);
            if (code == null) {
                return Step.WAITING;
            }
            verify(task, read(code, keys.text()).path("keys"));
            log(task, "OK: Validated signature on JWT");
            log(task, "OK: Got valid claims from token!");
            return finish(0);
        } catch (Refused refused) {
            log(task, "failed to validate with in-cluster discovery: " + refused.getMessage());
            return finish(1);
        }
    }

    private ChildOutput begin(Task task) {
        String path = flags.text("token-path", "");
        try {
            if (task.machine().files().readable(task.absolute(Raw.of(path)), task.user())
                    instanceof RegularFile file) {
                token = new String(file.content(), StandardCharsets.UTF_8).strip();
            }
        } catch (FileException missing) {
            throw new Refused("open " + path + ": no such file or directory");
        }
        log(task, "OK: Got token");
        log(task, "validating with in-cluster discovery");
        issuer = claims().path("iss").asText();
        log(task, "OK: got issuer " + issuer);
        return fetch(task, issuer.replaceFirst("/$", "") + DOCUMENT);
    }

    private static ChildOutput fetch(Task task, String url) {
        String quoted = url.replace("'", "%27");
        return ChildOutput.of(
                task,
                "curl -sSf --cacert "
                        + MOUNT
                        + "/ca.crt -H \"Authorization: Bearer $(cat "
                        + MOUNT
                        + "/token)\" '"
                        + quoted
                        + "'");
    }

    /**
     * An api-server that listens on a real loopback address names it; from within the simulated
     * network it is reached as any pod reaches it, and that is where the document came from.
     */
    private String keysAddress(int code, String text) {
        JsonNode read = read(code, text);
        String said = read.path("issuer").asText();
        if (!said.equals(issuer)) {
            throw new Refused(
                    "oidc: issuer did not match the issuer returned by provider, expected \""
                            + issuer
                            + "\" got \""
                            + said
                            + "\"");
        }
        URI uri = URI.create(read.path("jwks_uri").asText());
        boolean loopback = String.valueOf(uri.getHost()).matches("localhost|127\\..*|\\[::1]");
        return loopback ? URI.create(issuer).resolve(uri.getRawPath()).toString() : uri.toString();
    }

    private static JsonNode read(int code, String text) {
        if (code != 0) {
            throw new Refused(text.strip());
        }
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new Refused("oidc: failed to decode provider discovery object");
        }
    }

    private JsonNode claims() {
        return part(1);
    }

    private JsonNode part(int number) {
        String[] parts = token.split("\\.");
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(parts[number]));
        } catch (IOException | RuntimeException malformed) {
            throw new Refused("square/go-jose: compact JWS format must have three parts");
        }
    }

    private void verify(Task task, JsonNode known) {
        JsonNode claims = claims();
        String audience = flags.text("audience", "");
        boolean meant = claims.path("aud").asText().equals(audience);
        for (JsonNode each : claims.path("aud")) {
            meant |= each.asText().equals(audience);
        }
        if (!meant) {
            throw new Refused(
                    "oidc: expected audience \"" + audience + "\" got " + claims.path("aud"));
        }
        if (claims.path("exp").asLong() < GoLog.now(task).getEpochSecond()) {
            throw new Refused("oidc: token is expired");
        }
        String id = part(0).path("kid").asText();
        for (JsonNode key : known) {
            if (key.path("kid").asText().equals(id) && isSignedBy(key)) {
                return;
            }
        }
        throw new Refused("failed to verify signature: failed to verify id token signature");
    }

    private boolean isSignedBy(JsonNode key) {
        int end = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(end + 1));
        boolean elliptic = key.path("kty").asText().equals("EC");
        try {
            Signature check =
                    Signature.getInstance(
                            elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            check.initVerify(elliptic ? ellipticKey(key) : rsaKey(key));
            check.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException unusable) {
            return false;
        }
    }

    private static PublicKey ellipticKey(JsonNode key) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(
                        new ECPublicKeySpec(
                                new ECPoint(number(key, "x"), number(key, "y")),
                                parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static PublicKey rsaKey(JsonNode key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }

    private void log(Task task, String message) {
        say(2, GoLog.line(task, message));
    }

    /** The token is not shown to be good. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }
}
