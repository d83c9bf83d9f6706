package dev.orrery.machinery.informer;

import dev.orrery.machinery.log.ObjectKey;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * The metadata of all objects at one point of the log, with its look-ups. Immutable, as {@link
 * Objects} is.
 *
 * <p>Invariant: {@code byUid}, {@code byOwner} and {@code byNamespace} hold what {@code byKey}
 * holds, and no empty group.
 */
record Metadata(
        HashPMap<ObjectKey, ObjectMetadata> byKey,
        HashPMap<String, ObjectMetadata> byUid,
        HashPMap<String, TreePMap<String, ObjectMetadata>> byOwner,
        HashPMap<String, TreePMap<String, ObjectMetadata>> byNamespace) {

    static final Metadata NONE =
            new Metadata(
                    HashTreePMap.empty(),
                    HashTreePMap.empty(),
                    HashTreePMap.empty(),
                    HashTreePMap.empty());

    Collection<ObjectMetadata> ownedBy(String uid) {
        TreePMap<String, ObjectMetadata> group = byOwner.get(uid);
        return group == null ? List.of() : group.values();
    }

    Collection<ObjectMetadata> in(String namespace) {
        TreePMap<String, ObjectMetadata> group = byNamespace.get(namespace);
        return group == null ? List.of() : group.values();
    }

    Metadata with(ObjectMetadata object) {
        ObjectMetadata before = byKey.get(object.key());
        Metadata rest = before == null ? this : without(before);
        return new Metadata(
                rest.byKey.plus(object.key(), object),
                rest.byUid.plus(object.uid(), object),
                owners(rest.byOwner, object, true),
                joined(rest.byNamespace, object.key().namespace(), object));
    }

    Metadata without(ObjectMetadata object) {
        return new Metadata(
                byKey.minus(object.key()),
                byUid.minus(object.uid()),
                owners(byOwner, object, false),
                left(byNamespace, object.key().namespace(), object));
    }

    private static HashPMap<String, TreePMap<String, ObjectMetadata>> owners(
            HashPMap<String, TreePMap<String, ObjectMetadata>> groups,
            ObjectMetadata object,
            boolean joins) {
        HashPMap<String, TreePMap<String, ObjectMetadata>> next = groups;
        for (OwnerReference owner : object.owners()) {
            next =
                    joins
                            ? joined(next, owner.getUid(), object)
                            : left(next, owner.getUid(), object);
        }
        return next;
    }

    private static HashPMap<String, TreePMap<String, ObjectMetadata>> joined(
            HashPMap<String, TreePMap<String, ObjectMetadata>> groups,
            String name,
            ObjectMetadata object) {
        @Nullable TreePMap<String, ObjectMetadata> group = groups.get(name);
        TreePMap<String, ObjectMetadata> members = group == null ? TreePMap.empty() : group;
        return groups.plus(name, members.plus(object.key().logKey(), object));
    }

    private static HashPMap<String, TreePMap<String, ObjectMetadata>> left(
            HashPMap<String, TreePMap<String, ObjectMetadata>> groups,
            String name,
            ObjectMetadata object) {
        @Nullable TreePMap<String, ObjectMetadata> group = groups.get(name);
        if (group == null) {
            return groups;
        }
        TreePMap<String, ObjectMetadata> members = group.minus(object.key().logKey());
        return members.isEmpty() ? groups.minus(name) : groups.plus(name, members);
    }
}
