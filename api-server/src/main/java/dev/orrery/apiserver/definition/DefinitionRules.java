package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Rules;
import java.util.Locale;

/**
 * The rules of CustomResourceDefinition.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/">
 *     CustomResourceDefinition</a>
 */
public final class DefinitionRules implements Rules {

    private static final String STORED = "storedVersions";

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = object.withObjectProperty("spec");
        ObjectNode names = spec.withObjectProperty("names");
        String kind = names.path("kind").asText("");
        if (names.path("singular").asText("").isEmpty()) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (names.path("listKind").asText("").isEmpty() && !kind.isEmpty()) {
            names.put("listKind", kind + "List");
        }
        if (!spec.has("conversion")) {
            spec.putObject("conversion").put("strategy", "None");
        }
        JsonNode service = spec.at("/conversion/webhook/clientConfig/service");
        if (service instanceof ObjectNode reference && !reference.has("port")) {
            reference.put("port", 443);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.remove("status");
        storeStorageVersion(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        storeStorageVersion(object);
    }

    private static void storeStorageVersion(ObjectNode object) {
        String storage = Definition.of(object).storageVersion();
        if (storage.isEmpty()) {
            return;
        }
        ArrayNode stored = object.withObjectProperty("status").withArrayProperty(STORED);
        for (JsonNode version : stored) {
            if (version.asText().equals(storage)) {
                return;
            }
        }
        stored.add(storage);
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        JsonNode before = old.path("metadata");
        ObjectNode metadata = object.withObjectProperty("metadata");
        for (String field : new String[] {"labels", "annotations", "ownerReferences"}) {
            JsonNode value = before.get(field);
            if (value == null) {
                metadata.remove(field);
            } else {
                metadata.set(field, value);
            }
        }
    }

    @Override
    public void validateCreate(ObjectNode object, FieldErrors errors) {
        Field definition = Field.of(object, errors);
        Definition described = Definition.of(object);
        String name = described.plural() + "." + described.group();
        if (!described.name().equals(name)) {
            errors.invalid(
                    FieldPath.METADATA.child("name"),
                    described.name(),
                    "must be spec.names.plural+\".\"+spec.group");
        }
        SpecCheck.check(definition.get("spec"));
        checkStatus(definition.get("status"));
        checkStored(definition);
        Approval.check(definition, null);
        checkPreserves(definition);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field definition = Field.of(object, errors);
        Field spec = definition.get("spec");
        SpecCheck.check(spec);
        JsonNode before = old.path("spec");
        if (Conditions.isTrue(old, "Established")) {
            spec.get("scope").unchanged(before.path("scope"));
            spec.get("names", "kind").unchanged(before.at("/names/kind"));
        }
        spec.get("group").unchanged(before.path("group"));
        spec.get("names", "plural").unchanged(before.at("/names/plural"));
        checkStatus(definition.get("status"));
        checkStored(definition);
        Approval.check(definition, old);
        if (!before.path("preserveUnknownFields").asBoolean()) {
            checkPreserves(definition);
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        checkStatus(Field.of(object, errors).get("status"));
    }

    private static void checkStatus(Field status) {
        NamesCheck.check(status.get("acceptedNames"));
    }

    private static void checkPreserves(Field definition) {
        Field preserves = definition.get("spec", "preserveUnknownFields");
        if (preserves.isTrue()) {
            preserves.invalid(
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                            + " spec.versions[*].schema instead");
        }
    }

    private static void checkStored(Field definition) {
        Field stored = definition.get("status", STORED);
        if (stored.isEmpty()) {
            stored.invalid(stored.value(), "must have at least one stored version");
            return;
        }
        Definition described = Definition.of(definition.value());
        String storage = described.storageVersion();
        boolean has = storage.isEmpty();
        for (Field version : stored.items()) {
            has |= version.is(storage);
        }
        if (!has) {
            stored.invalid("must have the storage version " + storage);
        }
        for (Field version : stored.items()) {
            if (described.version(version.text()).isMissingNode()) {
                String name = version.text();
                version.invalid(
                        "missing from spec.versions; "
                                + name
                                + " was previously a storage version, and must remain in"
                                + " spec.versions until a storage migration ensures no data remains"
                                + " persisted in "
                                + name
                                + " and removes "
                                + name
                                + " from status.storedVersions");
            }
        }
    }
}
