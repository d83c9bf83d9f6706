package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;

/** A new node takes no pods before it says that it is ready. */
public final class TaintNodesByCondition implements AdmissionPlugin {

    private static final String KEY = "node.kubernetes.io/not-ready";
    private static final String EFFECT = "NoSchedule";

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode node = attributes.object();
        if (node == null || !Cluster.writes(attributes, Operation.CREATE, Cluster.NODES)) {
            return;
        }
        ObjectNode spec = Defaults.object(node, "spec");
        for (JsonNode taint : spec.path("taints")) {
            if (taint.path("key").asText("").equals(KEY)
                    && taint.path("effect").asText("").equals(EFFECT)) {
                return;
            }
        }
        Defaults.list(spec, "taints").addObject().put("key", KEY).put("effect", EFFECT);
    }
}
