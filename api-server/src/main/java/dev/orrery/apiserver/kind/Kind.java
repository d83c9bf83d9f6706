package dev.orrery.apiserver.kind;

import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.table.Columns;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Verb;
import java.util.List;
import java.util.Set;

/**
 * One kind at one version, as the API serves it: a row of {@link Kinds}.
 *
 * @param group empty for the core group
 * @param verbs of the object itself, not of its sub-resources
 * @param storage where the objects lie in the log; kinds that show the same objects share it
 * @param traits how the kind differs from most in what the API does with it
 */
public record Kind(
        String group,
        String version,
        String kind,
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
        Set<Trait> traits) {

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

    /** The key of one object; cluster-scoped kinds have no namespace. */
    public ObjectKey key(String namespace, String name) {
        return new ObjectKey(storage, namespaced ? namespace : "", name);
    }

    @Override
    public String toString() {
        return apiVersion() + " " + kind;
    }
}
