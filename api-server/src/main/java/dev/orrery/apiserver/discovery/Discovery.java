package dev.orrery.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.kind.Subresource;
import dev.orrery.machinery.store.Verb;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Discovery in its old form: one document for each group and version. */
public final class Discovery {

    private final Kinds kinds;
    private final ServedGroups all;
    private final String address;

    /**
     * @param address {@code host:port} under which clients find the server
     */
    public Discovery(Kinds kinds, Delegates delegates, String address) {
        this.kinds = kinds;
        this.all = new ServedGroups(kinds, delegates);
        this.address = address;
    }

    /** {@code /api}. */
    public ObjectNode coreVersions() {
        ObjectNode versions = Trees.object().put("kind", "APIVersions");
        ArrayNode array = versions.putArray("versions");
        kinds.versions("").forEach(array::add);
        versions.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", address);
        return versions;
    }

    /** {@code /apis}. */
    public ObjectNode groups() {
        ObjectNode list = Trees.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        for (String group : all.names()) {
            ObjectNode described = describe(group);
            if (described != null) {
                groups.add(described);
            }
        }
        return list;
    }

    /** {@code /apis/GROUP}; null if there is none. */
    public @Nullable ObjectNode group(String group) {
        ObjectNode described = describe(group);
        return described == null
                ? null
                : Trees.object().put("kind", "APIGroup").put("apiVersion", "v1").setAll(described);
    }

    /** Null for the core group, and for one that is not served, or no more. */
    private @Nullable ObjectNode describe(String group) {
        Collection<String> served = all.versions(group);
        if (group.isEmpty() || served.isEmpty()) {
            return null;
        }
        ObjectNode described = Trees.object().put("name", group);
        ArrayNode versions = described.putArray("versions");
        served.forEach(version -> versions.add(version(group, version)));
        described.set("preferredVersion", version(group, served.iterator().next()));
        return described;
    }

    private static ObjectNode version(String group, String version) {
        return Trees.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    /** {@code /api/v1}, {@code /apis/GROUP/VERSION}; null if there is none. */
    public @Nullable ObjectNode resources(String group, String version) {
        if (kinds.of(group, version).isEmpty()) {
            return null;
        }
        ObjectNode list = Trees.object().put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            list.put("apiVersion", "v1");
        }
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        for (Kind kind : kinds.of(group, version)) {
            resources.add(resource(kind));
            for (Subresource part : kind.subresources()) {
                resources.add(subresource(kind, part));
            }
        }
        return list;
    }

    private static ObjectNode resource(Kind kind) {
        ObjectNode resource =
                Trees.object()
                        .put("name", kind.plural())
                        .put("singularName", kind.singular())
                        .put("namespaced", kind.namespaced())
                        .put("kind", kind.kind());
        addVerbs(resource, kind.verbs());
        add(resource, "shortNames", kind.shortNames());
        add(resource, "categories", kind.categories());
        return resource;
    }

    private static ObjectNode subresource(Kind kind, Subresource part) {
        ObjectNode resource =
                Trees.object()
                        .put("name", kind.plural() + "/" + part.name())
                        .put("singularName", "")
                        .put("namespaced", kind.namespaced());
        if (!part.group().equals(kind.group()) || !part.version().equals(kind.version())) {
            resource.put("group", part.group()).put("version", part.version());
        }
        resource.put("kind", part.kind());
        addVerbs(resource, part.verbs());
        return resource;
    }

    static void addVerbs(ObjectNode resource, Collection<Verb> verbs) {
        ArrayNode array = resource.putArray("verbs");
        verbs.stream().map(Verb::toString).sorted().forEach(array::add);
    }

    static void add(ObjectNode resource, String field, Collection<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = resource.putArray(field);
            values.forEach(array::add);
        }
    }
}
