package dev.orrery.machinery.informer;

import dev.orrery.machinery.log.ObjectKey;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;

/**
 * What owners, dependents and finalizers are about, of an object of any kind.
 *
 * @param apiVersion as stored: {@code apps/v1}
 * @param kind {@code Deployment}
 * @param resourceVersion of the record that wrote it
 * @param deleting whether its deletion has begun
 */
public record ObjectMetadata(
        ObjectKey key,
        String apiVersion,
        String kind,
        String uid,
        long resourceVersion,
        boolean deleting,
        List<String> finalizers,
        List<OwnerReference> owners) {

    public ObjectMetadata {
        finalizers = List.copyOf(finalizers);
        owners = List.copyOf(owners);
    }

    /** The version of its API group: {@code v1}. */
    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
