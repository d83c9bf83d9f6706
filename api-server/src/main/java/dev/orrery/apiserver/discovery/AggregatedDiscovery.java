package dev.orrery.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.aggregation.Delegate;
import dev.orrery.apiserver.aggregation.Delegates;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.kind.Subresource;

/** Discovery in its new form: everything in one document. */
public final class AggregatedDiscovery {

    private final Kinds kinds;
    private final Delegates delegates;
    private final ServedGroups all;

    public AggregatedDiscovery(Kinds kinds, Delegates delegates) {
        this.kinds = kinds;
        this.delegates = delegates;
        this.all = new ServedGroups(kinds, delegates);
    }

    /**
     * @param core {@code /api}, else {@code /apis}
     */
    public ObjectNode groups(boolean core, String version) {
        ObjectNode list =
                Trees.object()
                        .put("kind", "APIGroupDiscoveryList")
                        .put("apiVersion", "apidiscovery.k8s.io/" + version);
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        for (String group : all.names()) {
            ObjectNode described = group.isEmpty() == core ? group(group) : null;
            if (described != null && !described.path("versions").isEmpty()) {
                items.add(described);
            }
        }
        return list;
    }

    private ObjectNode group(String group) {
        ObjectNode described = Trees.object();
        ObjectNode metadata = described.putObject("metadata");
        if (!group.isEmpty()) {
            metadata.put("name", group);
        }
        metadata.putNull("creationTimestamp");
        ArrayNode versions = described.putArray("versions");
        for (String version : all.versions(group)) {
            Delegate delegate = delegates.at(group, version);
            if (delegate != null) {
                DelegatedResources.add(versions, delegate, delegates.resources(delegate));
                continue;
            }
            ObjectNode one = versions.addObject().put("version", version);
            ArrayNode resources = one.putArray("resources");
            kinds.of(group, version).forEach(kind -> resources.add(resource(kind)));
            one.put("freshness", "Current");
        }
        return described;
    }

    private static ObjectNode resource(Kind kind) {
        ObjectNode resource = Trees.object().put("resource", kind.plural());
        resource.set("responseKind", responseKind(kind.group(), kind.version(), kind.kind()));
        resource.put("scope", kind.namespaced() ? "Namespaced" : "Cluster")
                .put("singularResource", kind.singular());
        Discovery.addVerbs(resource, kind.verbs());
        Discovery.add(resource, "shortNames", kind.shortNames());
        Discovery.add(resource, "categories", kind.categories());
        if (!kind.subresources().isEmpty()) {
            ArrayNode parts = resource.putArray("subresources");
            kind.subresources().forEach(part -> parts.add(subresource(part)));
        }
        return resource;
    }

    private static ObjectNode subresource(Subresource part) {
        ObjectNode subresource = Trees.object().put("subresource", part.name());
        subresource.set("responseKind", responseKind(part.group(), part.version(), part.kind()));
        Discovery.addVerbs(subresource, part.verbs());
        return subresource;
    }

    private static ObjectNode responseKind(String group, String version, String kind) {
        return Trees.object().put("group", group).put("version", version).put("kind", kind);
    }
}
