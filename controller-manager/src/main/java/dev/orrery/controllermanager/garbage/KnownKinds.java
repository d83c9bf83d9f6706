package dev.orrery.controllermanager.garbage;

import dev.orrery.machinery.informer.ObjectMetadata;
import dev.orrery.machinery.log.GroupResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where objects of a kind lie. Knows the kinds that usually own things, and learns every other kind
 * from the objects that it is shown. Used from any thread.
 */
final class KnownKinds {

    private static final List<Class<? extends HasMetadata>> OWNERS =
            List.of(
                    Pod.class,
                    ReplicationController.class,
                    ReplicaSet.class,
                    Deployment.class,
                    StatefulSet.class,
                    DaemonSet.class,
                    Job.class,
                    CronJob.class,
                    Service.class,
                    ServiceAccount.class,
                    ConfigMap.class,
                    Secret.class,
                    PersistentVolumeClaim.class,
                    PersistentVolume.class,
                    Node.class,
                    Namespace.class);

    /** A kind of an API group. */
    private record GroupKind(String group, String kind) {}

    /** Where objects of a kind lie. */
    record Place(GroupResource resource, boolean namespaced) {}

    private final Map<GroupKind, Place> places = new ConcurrentHashMap<>();

    KnownKinds() {
        for (Class<? extends HasMetadata> kind : OWNERS) {
            String group = HasMetadata.getGroup(kind);
            places.put(
                    new GroupKind(group, HasMetadata.getKind(kind)),
                    new Place(
                            new GroupResource(group, HasMetadata.getPlural(kind)),
                            Namespaced.class.isAssignableFrom(kind)));
        }
    }

    void learn(ObjectMetadata object) {
        places.putIfAbsent(
                new GroupKind(object.key().resource().group(), object.kind()),
                new Place(object.key().resource(), !object.key().namespace().isEmpty()));
    }

    Optional<Place> place(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return Optional.ofNullable(places.get(new GroupKind(group, kind)));
    }
}
