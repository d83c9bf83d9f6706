package dev.orrery.apiserver.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a token says.
 *
 * @param boundKind {@code Pod}, {@code Node} or {@code Secret} where the token dies with such an
 *     object; else empty
 */
public record Claims(
        String namespace,
        String account,
        String accountUid,
        String boundKind,
        String boundName,
        String boundUid,
        List<String> audiences,
        Instant issuedAt,
        Instant expiresAt,
        String id) {

    static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final String OWN = "kubernetes.io";
    private static final List<String> BINDABLE = List.of("pod", "node", "secret");

    public Claims {
        audiences = List.copyOf(audiences);
    }

    ObjectNode json() {
        ObjectNode claims = Trees.object();
        ArrayNode audience = claims.putArray("aud");
        audiences.forEach(audience::add);
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("iss", ISSUER);
        claims.put("jti", id);
        ObjectNode own = claims.putObject(OWN);
        own.put("namespace", namespace);
        if (!boundKind.isEmpty()) {
            own.putObject(boundKind.toLowerCase(Locale.ROOT))
                    .put("name", boundName)
                    .put("uid", boundUid);
        }
        own.putObject("serviceaccount").put("name", account).put("uid", accountUid);
        claims.put("nbf", issuedAt.getEpochSecond());
        claims.put("sub", "system:serviceaccount:" + namespace + ":" + account);
        return claims;
    }

    static Claims of(JsonNode claims) {
        JsonNode own = claims.path(OWN);
        List<String> audiences = new ArrayList<>();
        claims.path("aud").forEach(one -> audiences.add(one.asText()));
        String bound = BINDABLE.stream().filter(own::has).findFirst().orElse("");
        JsonNode object = own.path(bound);
        return new Claims(
                own.path("namespace").asText(),
                own.path("serviceaccount").path("name").asText(),
                own.path("serviceaccount").path("uid").asText(),
                bound,
                object.path("name").asText(""),
                object.path("uid").asText(""),
                audiences,
                Instant.ofEpochSecond(claims.path("iat").asLong()),
                Instant.ofEpochSecond(claims.path("exp").asLong()),
                claims.path("jti").asText(""));
    }
}
