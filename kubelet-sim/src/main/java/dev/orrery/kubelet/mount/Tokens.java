package dev.orrery.kubelet.mount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.StoreUnavailableException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Asks the api-server for tokens, as the node. Blocks. */
final class Tokens {

    private static final System.Logger LOG = System.getLogger(Tokens.class.getName());

    private final StoreClient store;

    Tokens(StoreClient store) {
        this.store = store;
    }

    /**
     * What a token is for.
     *
     * @param audience empty for the api-server itself
     */
    record Request(Pod pod, String audience, long expirationSeconds) {

        String account() {
            String name = pod.getSpec().getServiceAccountName();
            return name == null || name.isEmpty() ? "default" : name;
        }

        private ObjectNode body() {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
            ObjectNode spec = body.putObject("spec");
            if (!audience.isEmpty()) {
                spec.putArray("audiences").add(audience);
            }
            spec.put("expirationSeconds", expirationSeconds);
            spec.putObject("boundObjectRef")
                    .put("apiVersion", "v1")
                    .put("kind", "Pod")
                    .put("name", pod.getMetadata().getName())
                    .put("uid", pod.getMetadata().getUid());
            return body;
        }
    }

    record Issued(String token, Instant expiresAt) {}

    /** Null where none can be had now. */
    @Nullable Issued issue(Request request) {
        String namespace = request.pod().getMetadata().getNamespace();
        try {
            JsonNode status =
                    Json.read(
                                    store.createSubresource(
                                                    ServiceAccount.class,
                                                    namespace,
                                                    request.account(),
                                                    "token",
                                                    request.body())
                                            .body(),
                                    JsonNode.class)
                            .path("status");
            return new Issued(
                    status.path("token").asText(),
                    OffsetDateTime.parse(status.path("expirationTimestamp").asText()).toInstant());
        } catch (ApiException | StoreUnavailableException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "no token pod={0} serviceAccount={1} reason={2}",
                    request.pod().getMetadata().getName(),
                    request.account(),
                    e.getMessage());
            return null;
        }
    }
}
