package dev.orrery.machinery.store;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Where an object or a collection lies in the API.
 *
 * @param group empty for the core group
 * @param resource plural
 * @param namespace empty for cluster scope, or for all namespaces
 * @param name empty for a collection
 */
public record Path(String group, String version, String resource, String namespace, String name) {

    public static Path of(Class<? extends HasMetadata> kind, String namespace, String name) {
        return new Path(
                HasMetadata.getGroup(kind),
                HasMetadata.getVersion(kind),
                HasMetadata.getPlural(kind),
                namespace,
                name);
    }

    public static Path of(HasMetadata object) {
        return of(
                object.getClass(),
                orEmpty(object.getMetadata().getNamespace()),
                orEmpty(object.getMetadata().getName()));
    }

    Path withoutName() {
        return new Path(group, version, resource, namespace, "");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
