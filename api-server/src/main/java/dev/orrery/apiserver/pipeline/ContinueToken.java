package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.status.Refusals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a list goes on.
 *
 * @param resourceVersion of the list's first part; -1 to go on in whatever is the newest state
 * @param namespace of the last object that was listed
 * @param issued when the list's first part was given out
 */
record ContinueToken(long resourceVersion, String namespace, String name, Instant issued) {

    static final ContinueToken START = new ContinueToken(0, "", "", Instant.EPOCH);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String VERSION = "meta.k8s.io/v1";

    boolean isStart() {
        return resourceVersion == 0;
    }

    /** Kubernetes forgets old versions every five minutes, and clients rely on being told so. */
    boolean isExpired(Instant now) {
        return issued.plus(LIFETIME).isBefore(now);
    }

    /** The same place, at no particular version. */
    ContinueToken inconsistent() {
        return new ContinueToken(-1, namespace, name, issued);
    }

    String text() {
        byte[] json =
                Trees.write(
                        Trees.object()
                                .put("v", VERSION)
                                .put("rv", resourceVersion)
                                .put("t", issued.getEpochSecond())
                                .put("start", namespace + "/" + name + "\0"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    static ContinueToken parse(String text) {
        try {
            JsonNode json = MAPPER.readTree(Base64.getUrlDecoder().decode(text));
            String start = json.path("start").asText("");
            long version = json.path("rv").asLong(0);
            int slash = start.indexOf('/');
            if (json.path("v").asText("").equals(VERSION) && slash >= 0 && version != 0) {
                String name = start.substring(slash + 1).replace("\0", "");
                return new ContinueToken(
                        version,
                        start.substring(0, slash),
                        name,
                        Instant.ofEpochSecond(json.path("t").asLong()));
            }
        } catch (IOException | IllegalArgumentException _) {
            // refused below
        }
        throw Refusals.badRequest("continue key is not valid: unrecognized continue token");
    }
}
