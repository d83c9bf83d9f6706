package dev.orrery.apiserver.kind;

import static dev.orrery.machinery.store.Verb.CREATE;
import static dev.orrery.machinery.store.Verb.DELETE;
import static dev.orrery.machinery.store.Verb.DELETE_COLLECTION;
import static dev.orrery.machinery.store.Verb.GET;
import static dev.orrery.machinery.store.Verb.LIST;
import static dev.orrery.machinery.store.Verb.PATCH;
import static dev.orrery.machinery.store.Verb.UPDATE;
import static dev.orrery.machinery.store.Verb.WATCH;

import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.kind.BuiltInRules;
import dev.orrery.apiserver.table.BuiltInColumns;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down one {@link Kind}, starting from what most kinds are. Used while a table is made. */
final class Row {

    private static final Set<Verb> ALL =
            Set.of(CREATE, DELETE, DELETE_COLLECTION, GET, LIST, PATCH, UPDATE, WATCH);
    private static final Set<Verb> CHANGE = Set.of(GET, PATCH, UPDATE);

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final List<String> shortNames = new ArrayList<>();
    private final List<String> categories = new ArrayList<>();
    private final List<Subresource> subresources = new ArrayList<>();
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private boolean namespaced = true;
    private Set<Verb> verbs = ALL;
    private GroupResource storage;
    private Conversion conversion = Conversion.NONE;
    private @Nullable Rules rules;

    private Row(String group, String version, String kind, String plural) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.storage = new GroupResource(group, plural);
    }

    static Row of(String group, String kind, String plural) {
        return new Row(group, "v1", kind, plural);
    }

    static Row of(String group, String version, String kind, String plural) {
        return new Row(group, version, kind, plural);
    }

    Row shortNames(String... names) {
        shortNames.addAll(List.of(names));
        return this;
    }

    Row categories(String... names) {
        categories.addAll(List.of(names));
        return this;
    }

    Row cluster() {
        namespaced = false;
        return this;
    }

    Row traits(Trait... some) {
        traits.addAll(List.of(some));
        return this;
    }

    Row without(Verb verb) {
        verbs = EnumSet.copyOf(verbs);
        verbs.remove(verb);
        return this;
    }

    /** Something that can only be asked for. */
    Row virtual() {
        verbs = Set.of(CREATE);
        return traits(Trait.VIRTUAL);
    }

    /** Something that can only be read. */
    Row measured() {
        verbs = Set.of(GET, LIST);
        return traits(Trait.VIRTUAL);
    }

    Row status() {
        return part("status");
    }

    /** A part of the object that is read and changed by itself. */
    Row part(String name) {
        return sub(name, group, version, kind, CHANGE);
    }

    Row scale() {
        return sub("scale", "autoscaling", "v1", "Scale", CHANGE);
    }

    Row sub(String name, String subGroup, String subVersion, String subKind, Set<Verb> subVerbs) {
        subresources.add(new Subresource(name, subGroup, subVersion, subKind, subVerbs));
        return this;
    }

    Row storedAs(GroupResource other, Conversion how) {
        storage = other;
        conversion = how;
        return this;
    }

    /** Others than those that are known by the place where the objects are stored. */
    Row rules(Rules own) {
        rules = own;
        return this;
    }

    Kind build() {
        return new Kind(
                group,
                version,
                kind,
                kind + "List",
                plural,
                kind.toLowerCase(Locale.ROOT),
                shortNames,
                categories,
                namespaced,
                verbs,
                subresources,
                storage,
                conversion,
                rules == null ? BuiltInRules.of(storage, version, kind) : rules,
                BuiltInColumns.of(storage),
                traits,
                null);
    }
}
