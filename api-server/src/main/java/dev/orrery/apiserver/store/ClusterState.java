package dev.orrery.apiserver.store;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.LogRecord;
import dev.orrery.machinery.log.ObjectKey;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Everything that exists at one point of the log. Immutable, and cheap to keep: two versions share
 * all that did not change between them.
 */
public final class ClusterState {

    /** The group of policies and webhooks, which every write is held against. */
    public static final String ADMISSION_GROUP = "admissionregistration.k8s.io";

    /** Before the first record. */
    public static final ClusterState EMPTY = new ClusterState(0, 0, TreePMap.empty());

    private static final TreePMap<ObjectKey, Stored> NONE = TreePMap.empty(KeyOrder.INSTANCE);

    private final long resourceVersion;
    private final long admissionVersion;

    /** Invariant: no map is empty, and no object in them is newer than resourceVersion. */
    private final TreePMap<GroupResource, TreePMap<ObjectKey, Stored>> resources;

    private ClusterState(
            long resourceVersion,
            long admissionVersion,
            TreePMap<GroupResource, TreePMap<ObjectKey, Stored>> resources) {
        this.resourceVersion = resourceVersion;
        this.admissionVersion = admissionVersion;
        this.resources = resources;
    }

    /** Of the last record that was read, whether it took effect or not; 0 at the start. */
    public long resourceVersion() {
        return resourceVersion;
    }

    /**
     * Of the last change to a policy or webhook; 0 if there has never been one. States that have
     * the same one have the same policies and webhooks.
     */
    public long admissionVersion() {
        return admissionVersion;
    }

    public @Nullable Stored get(ObjectKey key) {
        return of(key.resource()).get(key);
    }

    /** The same thing as long as no object of the resource changes. */
    public Object mark(GroupResource resource) {
        return of(resource);
    }

    /** The resources of which there are objects. */
    public Set<GroupResource> resources() {
        return resources.keySet();
    }

    /** How many objects there are. */
    public long size() {
        return resources.values().stream().mapToLong(TreePMap::size).sum();
    }

    /** All objects of a resource by namespace and name, as etcd orders them. */
    public Collection<Stored> list(GroupResource resource) {
        return of(resource).values();
    }

    /** As {@link #list(GroupResource)}, in one namespace; empty means the cluster-scoped ones. */
    public Collection<Stored> list(GroupResource resource, String namespace) {
        return in(resource, namespace).values();
    }

    /**
     * The objects that follow a place in the list, which need not be an object's.
     *
     * @param namespace empty for all
     * @param lastName empty for the beginning of {@code lastNamespace}
     */
    public Collection<Stored> after(
            GroupResource resource, String namespace, String lastNamespace, String lastName) {
        TreePMap<ObjectKey, Stored> objects =
                namespace.isEmpty() ? of(resource) : in(resource, namespace);
        ObjectKey last =
                lastName.isEmpty()
                        ? KeyOrder.before(resource, lastNamespace)
                        : new ObjectKey(resource, lastNamespace, lastName);
        return objects.tailMap(last, false).values();
    }

    /** The state one record later, by the rule of the log. */
    ClusterState apply(LogRecord record) {
        ObjectKey key = record.key();
        TreePMap<ObjectKey, Stored> objects = of(key.resource());
        Stored held = objects.get(key);
        if (!record.takesEffect(held == null ? 0 : held.resourceVersion())) {
            return new ClusterState(record.resourceVersion(), admissionVersion, resources);
        }
        byte[] value = record.value();
        if (value == null) {
            return with(record.resourceVersion(), key.resource(), objects.minus(key));
        }
        ObjectKey shared = held == null ? key : held.key();
        Stored stored = new Stored(shared, record.resourceVersion(), value);
        return with(record.resourceVersion(), key.resource(), objects.plus(shared, stored));
    }

    /** The same point of the log without one object. */
    ClusterState without(ObjectKey key) {
        return with(resourceVersion, key.resource(), of(key.resource()).minus(key));
    }

    /** The same point of the log with one more object, as a snapshot is read. */
    ClusterState with(Stored stored) {
        GroupResource resource = stored.key().resource();
        long version = Math.max(admissionVersion, stored.resourceVersion());
        return new ClusterState(
                resourceVersion,
                resource.group().equals(ADMISSION_GROUP) ? version : admissionVersion,
                resources.plus(resource, of(resource).plus(stored.key(), stored)));
    }

    /** These objects as the state at a version that none of them is newer than. */
    ClusterState at(long version) {
        return new ClusterState(version, admissionVersion, resources);
    }

    private ClusterState with(
            long version, GroupResource resource, TreePMap<ObjectKey, Stored> objects) {
        return new ClusterState(
                version,
                resource.group().equals(ADMISSION_GROUP) ? version : admissionVersion,
                objects.isEmpty() ? resources.minus(resource) : resources.plus(resource, objects));
    }

    private TreePMap<ObjectKey, Stored> of(GroupResource resource) {
        TreePMap<ObjectKey, Stored> objects = resources.get(resource);
        return objects == null ? NONE : objects;
    }

    private TreePMap<ObjectKey, Stored> in(GroupResource resource, String namespace) {
        return of(resource)
                .subMap(
                        KeyOrder.before(resource, namespace), false,
                        KeyOrder.after(resource, namespace), false);
    }
}
