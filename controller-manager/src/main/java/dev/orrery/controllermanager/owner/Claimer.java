package dev.orrery.controllermanager.owner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.PatchType;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Carries claims out: writes controller references into what is adopted and takes them out of what
 * is released.
 */
public final class Claimer {

    private final StoreClient store;
    private final List<String> finalizers;

    /**
     * @param finalizers what an object gets with its owner and loses with it
     */
    public Claimer(StoreClient store, String... finalizers) {
        this.store = store;
        this.finalizers = List.of(finalizers);
    }

    /** Answers what the owner has afterwards: an object that vanished meanwhile is left out. */
    public <T extends HasMetadata> List<T> carryOut(
            Claim<T> claim, HasMetadata owner, Class<T> kind) {
        List<T> owned = new ArrayList<>(claim.held());
        if (!claim.adopted().isEmpty()) {
            requireStillThere(owner);
        }
        for (T orphan : claim.adopted()) {
            try {
                owned.add(patch(kind, orphan, adoption(owner, orphan)));
            } catch (ApiException e) {
                ignoreIfGone(e);
            }
        }
        for (T stranger : claim.released()) {
            release(kind, owner, stranger);
        }
        return owned;
    }

    /** An owner that was deleted a moment ago must not take anything with it: reads anew. */
    private void requireStillThere(HasMetadata owner) {
        HasMetadata fresh =
                store.get(
                        owner.getClass(),
                        owner.getMetadata().getNamespace(),
                        owner.getMetadata().getName());
        boolean same = Objects.equals(fresh.getMetadata().getUid(), owner.getMetadata().getUid());
        if (!same || Owners.isBeingDeleted(fresh)) {
            throw new IllegalStateException(
                    "%s/%s has just been deleted"
                            .formatted(
                                    owner.getMetadata().getNamespace(),
                                    owner.getMetadata().getName()));
        }
    }

    private <T extends HasMetadata> void release(Class<T> kind, HasMetadata owner, T stranger) {
        try {
            patch(kind, stranger, release(owner, stranger));
        } catch (ApiException e) {
            // Gone, or another object by now (the uid in the patch is a precondition), or without
            // the reference already: there is nothing left to release.
            if (!e.isConflict() && !e.reason().equals("Invalid")) {
                ignoreIfGone(e);
            }
        }
    }

    private <T extends HasMetadata> T patch(Class<T> kind, T object, JsonNode patch) {
        return store.patch(
                kind,
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                "",
                PatchType.STRATEGIC_MERGE,
                patch);
    }

    private JsonNode adoption(HasMetadata owner, HasMetadata orphan) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", orphan.getMetadata().getUid());
        metadata.putArray("ownerReferences")
                .add(Json.MAPPER.<JsonNode>valueToTree(Owners.controllerReference(owner)));
        if (!finalizers.isEmpty()) {
            finalizers.forEach(metadata.putArray("finalizers")::add);
        }
        return patch;
    }

    private JsonNode release(HasMetadata owner, HasMetadata stranger) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", stranger.getMetadata().getUid());
        metadata.putArray("ownerReferences")
                .addObject()
                .put("$patch", "delete")
                .put("uid", owner.getMetadata().getUid());
        if (!finalizers.isEmpty()) {
            finalizers.forEach(metadata.putArray("$deleteFromPrimitiveList/finalizers")::add);
        }
        return patch;
    }

    private static void ignoreIfGone(ApiException refusal) {
        if (!refusal.isNotFound()) {
            throw refusal;
        }
    }
}
