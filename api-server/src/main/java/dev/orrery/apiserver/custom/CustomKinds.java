package dev.orrery.apiserver.custom;

import static dev.orrery.machinery.store.Verb.CREATE;
import static dev.orrery.machinery.store.Verb.DELETE;
import static dev.orrery.machinery.store.Verb.DELETE_COLLECTION;
import static dev.orrery.machinery.store.Verb.GET;
import static dev.orrery.machinery.store.Verb.LIST;
import static dev.orrery.machinery.store.Verb.PATCH;
import static dev.orrery.machinery.store.Verb.UPDATE;
import static dev.orrery.machinery.store.Verb.WATCH;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.definition.Conditions;
import dev.orrery.apiserver.definition.Definition;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Subresource;
import dev.orrery.apiserver.kind.Trait;
import dev.orrery.apiserver.store.Stored;
import dev.orrery.apiserver.table.CustomColumns;
import dev.orrery.machinery.store.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes kinds of what definitions say. */
public final class CustomKinds {

    private static final Set<Verb> ALL =
            Set.of(CREATE, DELETE, DELETE_COLLECTION, GET, LIST, PATCH, UPDATE, WATCH);
    private static final Set<Verb> CHANGE = Set.of(GET, PATCH, UPDATE);

    private CustomKinds() {}

    /** One kind for each version that is served; none while the names are not accepted. */
    static List<Kind> served(Definition definition) {
        boolean named =
                Conditions.isTrue(definition.object(), "NamesAccepted")
                        || definition.isEstablished();
        List<Kind> kinds = new ArrayList<>();
        for (JsonNode version : definition.versions()) {
            if (named && version.path("served").asBoolean()) {
                kinds.add(kind(definition, version));
            }
        }
        return kinds;
    }

    /** The kind in whose version the objects lie, whether it is served or not. */
    public static Kind stored(Definition definition) {
        return kind(definition, definition.version(definition.storageVersion()));
    }

    /** The kind in whose version an object lies, so that nobody needs to be asked to convert it. */
    public static Kind storing(Definition definition, Stored object) {
        String apiVersion = Trees.read(object.value()).path("apiVersion").asText("");
        JsonNode version = definition.version(apiVersion.substring(apiVersion.indexOf('/') + 1));
        return version.isMissingNode() ? stored(definition) : kind(definition, version);
    }

    private static Kind kind(Definition definition, JsonNode version) {
        JsonNode names = definition.object().path("status").path("acceptedNames");
        String name = version.path("name").asText();
        String kind = names.path("kind").asText();
        CustomVersion custom = new CustomVersion(definition, version);
        return new Kind(
                definition.group(),
                name,
                kind,
                names.path("listKind").asText(),
                names.path("plural").asText(),
                names.path("singular").asText(),
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                definition.isNamespaced(),
                ALL,
                parts(definition, version, kind),
                definition.storage(),
                new CustomConversion(custom),
                new CustomRules(custom),
                CustomColumns.of(version.path("additionalPrinterColumns")),
                Set.of(Trait.GENERATION, Trait.CONDITIONAL_UPDATE_ONLY),
                custom);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<Subresource> parts(Definition definition, JsonNode version, String kind) {
        JsonNode given = version.path("subresources");
        List<Subresource> parts = new ArrayList<>(2);
        if (given.hasNonNull("status")) {
            String name = version.path("name").asText();
            parts.add(new Subresource("status", definition.group(), name, kind, CHANGE));
        }
        if (given.hasNonNull("scale")) {
            parts.add(new Subresource("scale", "autoscaling", "v1", "Scale", CHANGE));
        }
        return parts;
    }
}
