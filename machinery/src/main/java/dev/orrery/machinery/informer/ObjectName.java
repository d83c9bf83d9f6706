package dev.orrery.machinery.informer;

import dev.orrery.machinery.log.ObjectKey;

/** An object's place within its kind; ordered by namespace, then by name, as lists are. */
record ObjectName(String namespace, String name) implements Comparable<ObjectName> {

    static ObjectName of(ObjectKey key) {
        return new ObjectName(key.namespace(), key.name());
    }

    /** Not after any object of the namespace. */
    static ObjectName first(String namespace) {
        return new ObjectName(namespace, "");
    }

    /** After every object of the namespace, and not after any object of a later one. */
    static ObjectName afterAll(String namespace) {
        return new ObjectName(namespace + '\0', "");
    }

    @Override
    public int compareTo(ObjectName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
