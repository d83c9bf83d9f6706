package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import java.util.Comparator;

/**
 * The order of the objects of one resource, as etcd has it: by the bytes of {@code namespace/name},
 * so that {@code a-b/x} comes before {@code a/x}.
 */
final class KeyOrder implements Comparator<ObjectKey> {

    static final KeyOrder INSTANCE = new KeyOrder();

    private static final char SEPARATOR = '/';
    private static final String BEFORE_ALL_NAMES = "\0";
    private static final String AFTER_ALL_NAMES = "\uffff";

    private KeyOrder() {}

    @Override
    public int compare(ObjectKey a, ObjectKey b) {
        int byNamespace = compareNamespaces(a.namespace(), b.namespace());
        return byNamespace != 0 ? byNamespace : a.name().compareTo(b.name());
    }

    /** A key before every object of the namespace. */
    static ObjectKey before(GroupResource resource, String namespace) {
        return new ObjectKey(resource, namespace, BEFORE_ALL_NAMES);
    }

    /** A key after every object of the namespace. */
    static ObjectKey after(GroupResource resource, String namespace) {
        return new ObjectKey(resource, namespace, AFTER_ALL_NAMES);
    }

    private static int compareNamespaces(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Character.compare(a.charAt(i), b.charAt(i));
            }
        }
        return Character.compare(at(a, shorter), at(b, shorter));
    }

    private static char at(String namespace, int index) {
        return index < namespace.length() ? namespace.charAt(index) : SEPARATOR;
    }
}
