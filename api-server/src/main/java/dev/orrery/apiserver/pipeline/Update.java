package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Operation;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.conversion.Known;
import dev.orrery.apiserver.kind.Custom;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Trait;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.metadata.MetadataRules;
import dev.orrery.apiserver.ownership.Claimant;
import dev.orrery.apiserver.ownership.Tracking;
import dev.orrery.apiserver.pipeline.Change.Next;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.machinery.store.Verb;
import java.util.List;

/**
 * A new version of an object, whole or through one of its parts; a patch is an update whose body is
 * made from what there is.
 *
 * @param edit makes the new version, in the version of the request
 */
record Update(World world, ApiRequest request, Edit edit, Part part, Known known)
        implements Change {

    Update(World world, ApiRequest request, Edit edit, Part part) {
        this(world, request, edit, part, new Known());
    }

    private static final String OWNERS = "managedFields";
    private static final List<String> OTHERS_OF_ONE = List.of("metadata", "kind", "apiVersion");
    private static final List<String> OTHERS = List.of("metadata", "kind", "apiVersion", "status");
    private static final String CHANGED =
            "the object has been modified; please apply your changes to the latest version and try"
                    + " again";

    @Override
    public Next next(ClusterState objects, ClusterState registry) {
        Stored current = objects.get(request.key());
        if (current == null) {
            throw Refusals.notFound(request.kind().resource(), request.name());
        }
        return Next.with(
                world.conversions().shown(request.kind(), current),
                current,
                shown -> update(current, shown, registry));
    }

    private Next update(Stored current, Stored shown, ClusterState registry) {
        return switch (known.decide(world.conversions(), () -> edited(current, shown))) {
            case Known.Decision.Made<Edited>(Edited edited) -> admitted(current, edited, registry);
            case Known.Decision.Awaits<Edited>(var asked) ->
                    new Next.Later(asked, () -> update(current, shown, registry));
        };
    }

    /** Before and after, in the version that the write works on. */
    private record Edited(ObjectNode old, ObjectNode object) {}

    private Edited edited(Stored current, Stored shown) {
        Kind kind = request.kind();
        Kind stored = world.stored(kind);
        ObjectNode old = Draft.current(shown, kind);
        ObjectNode object = edit.edit(given(shown, old, kind, edit));
        JsonNode owners = object.path("metadata").path(OWNERS);
        Draft.placeInNamespace(object, request);
        Draft.convert(object, kind);
        Draft.name(object, stored);
        Metadata metadata = Metadata.of(object);
        Names.check(metadata, request);
        checkVersion(metadata, current, stored);
        stored.rules().setDefaults(object);
        keepSystemFields(metadata, Metadata.of(old));
        part.confine(object, old);
        claim(stored, object, old, owners);
        return new Edited(old, object);
    }

    private Next admitted(Stored current, Edited edited, ClusterState registry) {
        ObjectNode old = edited.old();
        ObjectNode object = edited.object();
        Attributes attributes = attributes(registry, object, old);
        return Next.after(
                world.admission().mutate(attributes),
                () -> mutated(current, attributes, object, old));
    }

    private Next mutated(Stored current, Attributes attributes, ObjectNode object, ObjectNode old) {
        Kind stored = world.stored(request.kind());
        part.prepare(stored, object, old);
        countGeneration(stored, object, old);
        validate(stored, object, old);
        return Next.after(
                world.admission().validate(attributes), () -> outcome(current, object, old));
    }

    private static ObjectNode given(Stored current, ObjectNode old, Kind kind, Edit edit) {
        boolean same = edit.leavesCurrent() && (kind.isShownAsStored() || kind.custom() != null);
        return same ? old : Draft.asRequested(current, kind);
    }

    /** Before admission, whose doing is nobody's. */
    private void claim(Kind stored, ObjectNode object, ObjectNode old, JsonNode owners) {
        if (!edit.setsOwners()) {
            Claimant claimant = Claims.of(world, request, part);
            new Tracking(world.kinds(), known).updated(claimant, stored, old, object);
        } else if (owners.isMissingNode()) {
            Metadata.of(object).remove(OWNERS);
        } else {
            Metadata.of(object).fields().set(OWNERS, owners);
        }
    }

    private void checkVersion(Metadata metadata, Stored current, Kind stored) {
        String version = metadata.text(Metadata.RESOURCE_VERSION);
        if (version.isEmpty() || version.equals("0")) {
            if (stored.has(Trait.CONDITIONAL_UPDATE_ONLY) && request.verb() == Verb.UPDATE) {
                FieldErrors errors = new FieldErrors();
                errors.invalid(
                        FieldPath.METADATA.child(Metadata.RESOURCE_VERSION),
                        0,
                        "must be specified for an update");
                Draft.refuse(errors, request.kind(), request.name());
            }
        } else if (!version.equals(Long.toString(current.resourceVersion()))) {
            throw Refusals.conflict(request.kind().resource(), request.name(), CHANGED);
        }
    }

    /** What no client may change, and what a client that does not know it leaves out. */
    private void keepSystemFields(Metadata metadata, Metadata old) {
        String uid = metadata.text(Metadata.UID);
        if (!uid.isEmpty() && !uid.equals(old.uid())) {
            throw Refusals.conflict(
                    request.kind().resource(),
                    request.name(),
                    "Precondition failed: UID in precondition: "
                            + uid
                            + ", UID in object meta: "
                            + old.uid());
        }
        metadata.copy(Metadata.UID, old);
        if (metadata.text(Metadata.CREATION).isEmpty()) {
            metadata.copy(Metadata.CREATION, old);
        }
        metadata.copy(Metadata.DELETION, old);
        metadata.copy(Metadata.GRACE, old);
        metadata.copy(Metadata.GENERATION, old);
        metadata.copy(Metadata.GENERATE_NAME, old);
        metadata.remove("selfLink");
    }

    private Attributes attributes(ClusterState registry, ObjectNode object, ObjectNode old) {
        return new Attributes(
                registry,
                Operation.UPDATE,
                request.kind(),
                request.subresource(),
                request.namespace(),
                request.name(),
                object,
                old,
                request.user(),
                request.isDryRun(),
                world.clock().instant(),
                world.identities().random(),
                () ->
                        Options.of(
                                request,
                                request.verb() == Verb.PATCH ? "PatchOptions" : "UpdateOptions"),
                request.notices(),
                new Permissions(world.authorizer()));
    }

    private void countGeneration(Kind stored, ObjectNode object, ObjectNode old) {
        if (stored.has(Trait.GENERATION)
                && part.changesGeneration()
                && wants(stored, object, old)) {
            Metadata metadata = Metadata.of(object);
            metadata.put(Metadata.GENERATION, metadata.generation() + 1);
            if (stored.has(Trait.TYPE_CHECKED)) {
                TypeChecks.report(object, world.kinds());
            }
        }
    }

    /** Whether anything but metadata differs, and a status that is a part of its own. */
    private static boolean wants(Kind kind, ObjectNode object, ObjectNode old) {
        ObjectNode after = object.objectNode();
        ObjectNode before = object.objectNode();
        after.setAll(object);
        before.setAll(old);
        List<String> others =
                kind.custom() == null || kind.hasSubresource("status") ? OTHERS : OTHERS_OF_ONE;
        after.remove(others);
        before.remove(others);
        return !Same.same(after, before);
    }

    private void validate(Kind stored, ObjectNode object, ObjectNode old) {
        FieldErrors errors = new FieldErrors();
        Metadata metadata = Metadata.of(object);
        MetadataRules.validate(stored, metadata, errors);
        MetadataRules.validateUpdate(metadata, Metadata.of(old), errors);
        part.validate(stored, object, old, errors);
        Draft.refuse(errors, stored, request.name());
    }

    /** When somebody took fields does not matter where nothing has become of it. */
    private static boolean isUnchanged(ObjectNode object, ObjectNode old) {
        ObjectNode metadata = Metadata.of(object).fields();
        JsonNode owners = metadata.get(OWNERS);
        JsonNode before = old.path("metadata").get(OWNERS);
        if (owners == null || before == null) {
            return owners == null && before == null && Same.same(object, old);
        }
        if (!Tracking.isSameButForTimes(owners, before)) {
            return false;
        }
        metadata.set(OWNERS, before);
        boolean unchanged = Same.same(object, old);
        metadata.set(OWNERS, owners);
        return unchanged;
    }

    /** What was stored in another version is written anew by any update, also by an empty one. */
    private boolean isInStoredVersion(Stored current) {
        Custom custom = request.kind().custom();
        return custom == null
                || Trees.read(current.value())
                        .path("apiVersion")
                        .asText()
                        .equals(custom.storedApiVersion());
    }

    private Next outcome(Stored current, ObjectNode object, ObjectNode old) {
        if (Deletions.isComplete(object)) {
            return new Next.Remove(
                    current.key(),
                    current.resourceVersion(),
                    Draft.last(world, request.kind(), object));
        }
        Metadata.of(object).copy(Metadata.RESOURCE_VERSION, Metadata.of(old));
        if (isUnchanged(object, old) && isInStoredVersion(current)) {
            return new Next.Keep(current);
        }
        return Draft.put(
                world,
                request.kind(),
                object,
                value -> new Next.Put(current.key(), current.resourceVersion(), value));
    }
}
