package dev.orrery.controllermanager.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;

/**
 * Writes to objects of any kind. Every write holds only for the very version that was looked at, so
 * that an object that has found another owner meanwhile is left alone.
 */
final class GarbageWriter {

    private final StoreClient store;

    GarbageWriter(StoreClient store) {
        this.store = store;
    }

    void delete(ObjectMetadata object, String propagation) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("kind", "DeleteOptions").put("apiVersion", "v1");
        options.put("propagationPolicy", propagation);
        options.putObject("preconditions")
                .put("uid", object.uid())
                .put("resourceVersion", Long.toString(object.resourceVersion()));
        send(Verb.DELETE, object, options, "application/json");
    }

    void setOwners(ObjectMetadata object, List<OwnerReference> owners) {
        ObjectNode patch = versioned(object);
        ArrayNode list = patch.withObject("/metadata").putArray("ownerReferences");
        owners.forEach(owner -> list.add(Json.MAPPER.<JsonNode>valueToTree(owner)));
        send(Verb.PATCH, object, patch, PatchType.MERGE.mediaType());
    }

    /** The object stays owned, and no longer holds up its owners' deletion. */
    void unblockOwners(ObjectMetadata object) {
        setOwners(
                object,
                object.owners().stream()
                        .map(owner ->
                                new OwnerReferenceBuilder(owner)
                                        .withBlockOwnerDeletion(false)
                                        .build())
                        .toList());
    }

    void dropFinalizer(ObjectMetadata object, String finalizer) {
        ObjectNode patch = versioned(object);
        ArrayNode list = patch.withObject("/metadata").putArray("finalizers");
        object.finalizers().stream().filter(other -> !other.equals(finalizer)).forEach(list::add);
        send(Verb.PATCH, object, patch, PatchType.MERGE.mediaType());
    }

    private static ObjectNode versioned(ObjectMetadata object) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .put("uid", object.uid())
                .put("resourceVersion", Long.toString(object.resourceVersion()));
        return patch;
    }

    private void send(Verb verb, ObjectMetadata object, JsonNode body, String contentType) {
        Path path =
                new Path(
                        object.key().resource().group(),
                        object.version(),
                        object.key().resource().resource(),
                        object.key().namespace(),
                        object.key().name());
        try {
            store.send(verb, path, "", Json.write(body), contentType, Map.of());
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
