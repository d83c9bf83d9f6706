package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.status.Refusals;
import dev.orrery.machinery.resource.Quantity;

/** A claim may only grow where its class lets volumes grow. */
public final class PersistentVolumeClaimResize implements AdmissionPlugin {

    @Override
    public void validate(Attributes attributes) {
        ObjectNode claim = attributes.object();
        ObjectNode old = attributes.old();
        if (claim == null
                || old == null
                || !Cluster.writes(attributes, Operation.UPDATE, Cluster.CLAIMS)
                || size(claim).compareTo(size(old)) <= 0) {
            return;
        }
        if (!old.path("status").path("phase").asText("").equals("Bound")) {
            throw refusal(attributes, "Only bound persistent volume claims can be expanded");
        }
        String name = claim.path("spec").path("storageClassName").asText("");
        ObjectNode storageClass = Cluster.of(attributes).get(DefaultStorageClass.CLASSES, "", name);
        if (storageClass == null || !storageClass.path("allowVolumeExpansion").asBoolean()) {
            throw refusal(
                    attributes,
                    "only dynamically provisioned pvc can be resized and the storageclass that"
                            + " provisions the pvc must support resize");
        }
    }

    private static RuntimeException refusal(Attributes attributes, String why) {
        return Refusals.forbidden(Cluster.CLAIMS, attributes.name(), why);
    }

    private static Quantity size(JsonNode claim) {
        return Quantity.of(claim.path("spec").path("resources").path("requests").path("storage"));
    }
}
