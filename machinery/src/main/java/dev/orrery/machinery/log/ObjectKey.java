package dev.orrery.machinery.log;

import static java.util.Objects.requireNonNull;

/**
 * Names one object of the cluster, whatever the API version. The namespace is empty for a
 * cluster-scoped object.
 */
public record ObjectKey(GroupResource resource, String namespace, String name) {

    private static final String CORE = "core";
    private static final String NO_NAMESPACE = "-";

    public ObjectKey {
        requireNonNull(resource);
        requireNonNull(namespace);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an object needs a name");
        }
    }

    /** The key of its records in the log: {@code /apps/deployments/default/web}. */
    public String logKey() {
        String group = resource.group().isEmpty() ? CORE : resource.group();
        String scope = namespace.isEmpty() ? NO_NAMESPACE : namespace;
        return "/" + group + "/" + resource.resource() + "/" + scope + "/" + name;
    }

    /**
     * The inverse of {@link #logKey()}.
     *
     * @throws IllegalArgumentException if the text is not the key of an object
     */
    public static ObjectKey parse(String logKey) {
        String[] parts = logKey.split("/", 5);
        if (parts.length != 5 || !parts[0].isEmpty()) {
            throw new IllegalArgumentException("not the key of an object: " + logKey);
        }
        String group = parts[1].equals(CORE) ? "" : parts[1];
        String namespace = parts[3].equals(NO_NAMESPACE) ? "" : parts[3];
        return new ObjectKey(new GroupResource(group, parts[2]), namespace, parts[4]);
    }

    @Override
    public String toString() {
        return logKey();
    }
}
