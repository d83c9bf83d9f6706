package dev.orrery.controllermanager.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.informer.MetadataInformer;
import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.Path;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.store.Verb;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what has become of owners. What the informer shows is believed; that something is not
 * there is checked with a consistent read, for on it a deletion rests.
 */
final class OwnerStates {

    private static final byte[] NO_BODY = {};

    /** Of a version that is served no more: nothing is known of the owner then. */
    private static final String NOT_SERVED = "the server could not find the requested resource";

    private final MetadataInformer metadata;
    private final StoreClient store;
    private final KnownKinds kinds;
    private final DescribedKinds described;
    private final AbsentOwners absent = new AbsentOwners();

    OwnerStates(MetadataInformer metadata, StoreClient store, KnownKinds kinds) {
        this.metadata = metadata;
        this.store = store;
        this.kinds = kinds;
        this.described = new DescribedKinds(metadata, store);
    }

    /** By what the informer shows alone, whether any owner is gone or about to go. */
    boolean mayBeUnneeded(ObjectMetadata object) {
        return object.owners().stream().anyMatch(owner -> shown(object, owner) != OwnerState.SOLID);
    }

    /** By uid; empty if the kind of one is not known, so that nothing can be said. */
    Optional<Map<String, OwnerState>> of(ObjectMetadata object) {
        Map<String, OwnerState> states = new HashMap<>();
        for (OwnerReference owner : object.owners()) {
            OwnerState shown = shown(object, owner);
            if (shown != OwnerState.ABSENT) {
                states.put(owner.getUid(), shown);
                continue;
            }
            Optional<OwnerState> checked = checked(object, owner);
            if (checked.isEmpty()) {
                return Optional.empty();
            }
            states.put(owner.getUid(), checked.get());
        }
        return Optional.of(states);
    }

    private OwnerState shown(ObjectMetadata object, OwnerReference owner) {
        ObjectMetadata found = metadata.byUid(owner.getUid());
        if (found == null || !isMeant(found, object, owner)) {
            return OwnerState.ABSENT;
        }
        return Finalizers.waitsForDependents(found) ? OwnerState.WAITING : OwnerState.SOLID;
    }

    /** An owner is of the kind and name that the reference says, and not in another namespace. */
    private static boolean isMeant(
            ObjectMetadata found, ObjectMetadata object, OwnerReference owner) {
        String namespace = found.key().namespace();
        return found.kind().equals(owner.getKind())
                && found.key().name().equals(owner.getName())
                && (namespace.isEmpty() || namespace.equals(object.key().namespace()));
    }

    private Optional<OwnerState> checked(ObjectMetadata object, OwnerReference owner) {
        if (absent.contains(owner.getUid())) {
            return Optional.of(OwnerState.ABSENT);
        }
        Optional<KnownKinds.Place> place =
                kinds.place(owner.getApiVersion(), owner.getKind())
                        .or(() -> described.place(owner.getApiVersion(), owner.getKind()));
        boolean unreachable =
                place.isPresent() && place.get().namespaced() && object.key().namespace().isEmpty();
        if (place.isEmpty() || unreachable) {
            return Optional.empty();
        }
        OwnerState state = read(place.get(), object, owner);
        if (state == OwnerState.ABSENT) {
            absent.add(owner.getUid());
        }
        return Optional.of(state);
    }

    private OwnerState read(KnownKinds.Place place, ObjectMetadata object, OwnerReference owner) {
        String version = owner.getApiVersion().substring(owner.getApiVersion().indexOf('/') + 1);
        Path path =
                new Path(
                        place.resource().group(),
                        version,
                        place.resource().resource(),
                        place.namespaced() ? object.key().namespace() : "",
                        owner.getName());
        Answer answer = get(path);
        if (answer == null) {
            return OwnerState.ABSENT;
        }
        JsonNode found = Json.read(answer.body(), JsonNode.class).path("metadata");
        return found.path("uid").asText("").equals(owner.getUid())
                ? OwnerState.SOLID
                : OwnerState.ABSENT;
    }

    private @Nullable Answer get(Path path) {
        try {
            return store.send(Verb.GET, path, "", NO_BODY, "", Map.of());
        } catch (ApiException e) {
            if (e.isNotFound() && !NOT_SERVED.equals(e.getMessage())) {
                return null;
            }
            throw e;
        }
    }
}
