package dev.orrery.machinery.log;

import static java.util.Objects.requireNonNull;

/**
 * A resource by its API group and plural name, whatever the version: {@code apps/deployments}. The
 * core group is the empty string.
 */
public record GroupResource(String group, String resource) implements Comparable<GroupResource> {

    public GroupResource {
        requireNonNull(group);
        if (resource.isEmpty()) {
            throw new IllegalArgumentException("a resource needs a name");
        }
    }

    @Override
    public int compareTo(GroupResource other) {
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : resource.compareTo(other.resource);
    }

    /** As Kubernetes' messages name it: {@code deployments.apps}, {@code pods}. */
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
