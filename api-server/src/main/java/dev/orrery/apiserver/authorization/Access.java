package dev.orrery.apiserver.authorization;

import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import java.util.Map;

/**
 * Something that a user wants to do: with a resource, or where {@code resource} is empty with a
 * path.
 *
 * @param verb Kubernetes' for a resource; the method in lower case for a path
 * @param group empty for the core group
 * @param resource plural; need not exist
 * @param subresource empty for the object itself
 * @param namespace empty for cluster scope, or for all namespaces
 * @param name empty where it is not one object, or not known
 * @param fields that the objects of a list are bound to have, by the field selector
 * @param path of a request that is about no resource; else empty
 */
public record Access(
        User user,
        String verb,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name,
        Map<String, String> fields,
        String path) {

    public Access {
        fields = Map.copyOf(fields);
    }

    public static Access toPath(User user, String verb, String path) {
        return new Access(user, verb, "", "", "", "", "", "", Map.of(), path);
    }

    /** To an object, or where the name is empty to a collection. */
    public static Access to(
            User user,
            String verb,
            GroupResource resource,
            String subresource,
            String namespace,
            String name) {
        return new Access(
                user,
                verb,
                resource.group(),
                "",
                resource.resource(),
                subresource,
                namespace,
                name,
                Map.of(),
                "");
    }

    public boolean isToResource() {
        return path.isEmpty();
    }

    public boolean isTo(GroupResource what) {
        return resource.equals(what.resource()) && group.equals(what.group());
    }

    /** The resource with its part: {@code pods/log}. */
    public String combinedResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** The same, to be done in another way. */
    public Access withVerb(String other) {
        return new Access(
                user, other, group, version, resource, subresource, namespace, name, fields, path);
    }
}
