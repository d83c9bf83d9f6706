package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.machinery.log.GroupResource;

/** A claim that names no class gets the default one, if there is one. */
public final class DefaultStorageClass implements AdmissionPlugin {

    static final GroupResource CLASSES = new GroupResource("storage.k8s.io", "storageclasses");
    private static final String MARK = "storageclass.kubernetes.io/is-default-class";
    private static final String OLD_FIELD = "volume.beta.kubernetes.io/storage-class";

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode claim = attributes.object();
        if (claim == null || !Cluster.writes(attributes, Operation.CREATE, Cluster.CLAIMS)) {
            return;
        }
        ObjectNode spec = Defaults.object(claim, "spec");
        boolean named =
                !Defaults.isAbsent(spec, "storageClassName")
                        || claim.path("metadata").path("annotations").has(OLD_FIELD);
        if (!named) {
            DefaultClass.among(Cluster.of(attributes).list(CLASSES, ""), MARK)
                    .ifPresent(name -> spec.put("storageClassName", name));
        }
    }
}
