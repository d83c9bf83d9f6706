package dev.orrery.machinery.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What a reconciler works on: an object's namespace (empty for cluster scope) and name. */
public record Key(String namespace, String name) implements Comparable<Key> {

    public static Key of(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return new Key(namespace == null ? "" : namespace, object.getMetadata().getName());
    }

    @Override
    public int compareTo(Key other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
