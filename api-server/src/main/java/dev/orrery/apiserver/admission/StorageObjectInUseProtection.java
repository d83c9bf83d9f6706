package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;

/** Claims and volumes that are in use outlive their deletion: a finalizer sees to it. */
public final class StorageObjectInUseProtection implements AdmissionPlugin {

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode object = attributes.object();
        if (object == null) {
            return;
        }
        if (Cluster.writes(attributes, Operation.CREATE, Cluster.CLAIMS)) {
            protect(object, "kubernetes.io/pvc-protection");
        } else if (Cluster.writes(attributes, Operation.CREATE, Cluster.VOLUMES)) {
            protect(object, "kubernetes.io/pv-protection");
        }
    }

    private static void protect(ObjectNode object, String finalizer) {
        ArrayNode finalizers = Defaults.list(Defaults.object(object, "metadata"), "finalizers");
        for (JsonNode present : finalizers) {
            if (present.asText().equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }
}
