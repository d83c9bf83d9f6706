package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.Attributes;
import dev.orrery.apiserver.admission.Operation;
import dev.orrery.apiserver.conversion.Known;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Trait;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.apiserver.metadata.MetadataRules;
import dev.orrery.apiserver.metadata.Times;
import dev.orrery.apiserver.ownership.Tracking;
import dev.orrery.apiserver.pipeline.Change.Next;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.store.ClusterState;
import dev.orrery.machinery.log.ObjectKey;
import java.util.function.Supplier;

/**
 * A new object: system fields, defaults, admission, the kind's own preparation, validation.
 *
 * @param body gives the decoded object, a fresh one each time
 * @param setsOwners whether it says itself who owns which of its fields
 */
record Create(World world, ApiRequest request, Supplier<ObjectNode> body, boolean setsOwners)
        implements Change {

    private static final String OWNERS = "managedFields";

    private static final int MAX_NAMES = 8;

    @Override
    public Next next(ClusterState objects, ClusterState registry) {
        return create(objects, registry, body.get());
    }

    private Next create(ClusterState objects, ClusterState registry, ObjectNode object) {
        Kind kind = request.kind();
        if (kind.custom() != null && kind.custom().isTerminating()) {
            throw Refusals.methodNotAllowed(
                    "create not allowed while custom resource definition is terminating");
        }
        Kind stored = world.stored(kind);
        JsonNode owners = object.path("metadata").path(OWNERS);
        Metadata metadata = fillIn(object, objects);
        Draft.convert(object, kind);
        Draft.name(object, stored);
        stored.rules().setDefaults(object);
        claim(stored, object, owners);
        Attributes attributes = attributes(registry, object, metadata);
        return Next.after(
                world.admission().mutate(attributes), () -> mutated(objects, attributes, object));
    }

    /** What admission made of the object may have other metadata. */
    private Next mutated(ClusterState objects, Attributes attributes, ObjectNode object) {
        Kind stored = world.stored(request.kind());
        Metadata metadata = Metadata.of(object);
        prepare(stored, object, metadata);
        validate(stored, object, metadata);
        return Next.after(
                world.admission().validate(attributes), () -> admitted(objects, object, metadata));
    }

    private Next admitted(ClusterState objects, ObjectNode object, Metadata metadata) {
        Kind kind = request.kind();
        ObjectKey key = kind.key(metadata.text(Metadata.NAMESPACE), metadata.name());
        if (objects.get(key) != null) {
            throw Refusals.alreadyExists(kind.resource(), key.name());
        }
        return Draft.put(world, kind, object, value -> new Next.Put(key, 0, value));
    }

    /** Before admission, whose doing is nobody's. */
    private void claim(Kind stored, ObjectNode object, JsonNode owners) {
        if (!setsOwners) {
            new Tracking(world.kinds(), new Known())
                    .created(Claims.of(world, request, Parts.of("")), stored, object);
        } else if (!owners.isMissingNode()) {
            Metadata.of(object).fields().set(OWNERS, owners);
        }
    }

    private Metadata fillIn(ObjectNode object, ClusterState objects) {
        Draft.placeInNamespace(object, request);
        Metadata metadata = Metadata.of(object);
        if (!metadata.text(Metadata.RESOURCE_VERSION).isEmpty()
                && !metadata.text(Metadata.RESOURCE_VERSION).equals("0")) {
            throw Refusals.badRequest("resourceVersion should not be set on objects to be created");
        }
        for (String systems :
                new String[] {
                    Metadata.RESOURCE_VERSION,
                    Metadata.DELETION,
                    Metadata.GRACE,
                    Metadata.GENERATION,
                    "selfLink",
                    OWNERS
                }) {
            metadata.remove(systems);
        }
        String base = metadata.text(Metadata.GENERATE_NAME);
        if (metadata.name().isEmpty() && !base.isEmpty()) {
            metadata.put(Metadata.NAME, freeName(base, objects));
        }
        metadata.put(Metadata.UID, world.identities().uid());
        metadata.put(Metadata.CREATION, Times.text(world.clock().instant()));
        return metadata;
    }

    /** As Kubernetes, gives up where almost all names that begin so are taken. */
    private String freeName(String base, ClusterState objects) {
        String name = world.identities().name(base);
        for (int i = 1;
                i < MAX_NAMES && objects.get(request.kind().key(request.namespace(), name)) != null;
                i++) {
            name = world.identities().name(base);
        }
        return name;
    }

    private Attributes attributes(ClusterState registry, ObjectNode object, Metadata metadata) {
        return new Attributes(
                registry,
                Operation.CREATE,
                request.kind(),
                "",
                metadata.text(Metadata.NAMESPACE),
                metadata.name(),
                object,
                null,
                request.user(),
                request.isDryRun(),
                world.clock().instant(),
                world.identities().random(),
                () -> Options.of(request, "CreateOptions"),
                request.notices(),
                new Permissions(world.authorizer()));
    }

    private void prepare(Kind kind, ObjectNode object, Metadata metadata) {
        if (kind.has(Trait.GENERATION)) {
            metadata.put(Metadata.GENERATION, 1);
        }
        if (kind.hasSubresource("status") && !kind.plural().equals("nodes")) {
            object.remove("status"); // a kubelet alone may say how its new object is
        }
        kind.rules().prepareForCreate(object);
        if (kind.has(Trait.TYPE_CHECKED)) {
            TypeChecks.report(object, world.kinds());
        }
    }

    private static void validate(Kind kind, ObjectNode object, Metadata metadata) {
        FieldErrors errors = new FieldErrors();
        MetadataRules.validate(kind, metadata, errors);
        kind.rules().validate(object, errors);
        kind.rules().validateCreate(object, errors);
        Draft.refuse(errors, kind, metadata.name());
    }
}
