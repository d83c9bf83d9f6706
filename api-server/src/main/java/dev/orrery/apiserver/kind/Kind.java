package dev.orrery.apiserver.kind;

import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.table.Columns;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Verb;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind at one version, as the API serves it: a row of {@link Kinds}.
 *
 * @param group empty for the core group
 * @param listKind of what a list answers with
 * @param verbs of the object itself, not of its sub-resources
 * @param storage where the objects lie in the log; kinds that show the same objects share it
 * @param traits how the kind differs from most in what the API does with it
 * @param custom null for a built-in kind
 */
public record Kind(
        String group,
        String version,
        String kind,
        String listKind,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        Set<Verb> verbs,
        List<Subresource> subresources,
        GroupResource storage,
        Conversion conversion,
        Rules rules,
        Columns columns,
        Set<Trait> traits,
        @Nullable Custom custom) {

    public Kind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        verbs = Set.copyOf(verbs);
        subresources = List.copyOf(subresources);
        traits = Set.copyOf(traits);
    }

    /** {@code v1}, {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As messages name it: {@code deployments.apps}. */
    public GroupResource resource() {
        return new GroupResource(group, plural);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    public boolean hasSubresource(String name) {
        return subresources.stream().anyMatch(sub -> sub.name().equals(name));
    }

    /**
     * Whether objects are kept and shown alike. What a user describes is always read by the newest
     * description, whenever it was written.
     */
    public boolean isShownAsStored() {
        return conversion.equals(Conversion.NONE);
    }

    /** Whether this is the version that the log keeps. */
    public boolean isStored() {
        return custom == null ? isShownAsStored() : custom.storedApiVersion().equals(apiVersion());
    }

    /** How server-side apply sees objects of the kind. */
    public StructType type() {
        if (custom != null) {
            return custom.type();
        }
        StructType type = Schemas.kubernetes().kind(group, version, kind);
        if (type == null) {
            throw new IllegalStateException("no schema for " + this);
        }
        return type;
    }

    /** The key of one object; cluster-scoped kinds have no namespace. */
    public ObjectKey key(String namespace, String name) {
        return new ObjectKey(storage, namespaced ? namespace : "", name);
    }

    @Override
    public String toString() {
        return apiVersion() + " " + kind;
    }
}
