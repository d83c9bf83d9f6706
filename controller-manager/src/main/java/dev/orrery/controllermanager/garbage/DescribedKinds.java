package dev.orrery.controllermanager.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.informer.MetadataInformer;
import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Verb;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where objects of a kind lie by the CustomResourceDefinition that describes it: for owners
 * of a kind of which there has been no object yet.
 */
final class DescribedKinds {

    private static final GroupResource DEFINITIONS =
            new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
    private static final byte[] NO_BODY = {};

    private final MetadataInformer metadata;
    private final StoreClient store;

    DescribedKinds(MetadataInformer metadata, StoreClient store) {
        this.metadata = metadata;
        this.store = store;
    }

    Optional<KnownKinds.Place> place(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        if (group.isEmpty()) {
            return Optional.empty();
        }
        for (ObjectMetadata object : metadata.list("")) {
            String name = object.key().name();
            if (object.key().resource().equals(DEFINITIONS) && name.endsWith("." + group)) {
                Optional<KnownKinds.Place> place = described(name, kind);
                if (place.isPresent()) {
                    return place;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<KnownKinds.Place> described(String name, String kind) {
        Path path = new Path(DEFINITIONS.group(), "v1", DEFINITIONS.resource(), "", name);
        try {
            Answer answer = store.send(Verb.GET, path, "", NO_BODY, "", Map.of());
            JsonNode spec = Json.read(answer.body(), JsonNode.class).path("spec");
            return spec.path("names").path("kind").asText("").equals(kind)
                    ? Optional.of(
                            new KnownKinds.Place(
                                    new GroupResource(
                                            spec.path("group").asText(),
                                            spec.path("names").path("plural").asText()),
                                    spec.path("scope").asText("").equals("Namespaced")))
                    : Optional.empty();
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
