package dev.orrery.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import java.util.List;

/** A pod that says nothing else stays five minutes on a node that is lost. */
public final class DefaultTolerationSeconds implements AdmissionPlugin {

    private static final List<String> TAINTS =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    private static final int SECONDS = 300;

    @Override
    public void mutate(Attributes attributes) {
        ObjectNode pod = attributes.object();
        boolean pods =
                Cluster.writes(attributes, Operation.CREATE, Cluster.PODS)
                        || Cluster.writes(attributes, Operation.UPDATE, Cluster.PODS);
        if (pod == null || !pods) {
            return;
        }
        ObjectNode spec = Defaults.object(pod, "spec");
        for (String taint : TAINTS) {
            if (!tolerates(spec.path("tolerations"), taint)) {
                Defaults.list(spec, "tolerations")
                        .addObject()
                        .put("key", taint)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", SECONDS);
            }
        }
    }

    private static boolean tolerates(JsonNode tolerations, String taint) {
        for (JsonNode toleration : tolerations) {
            String key = toleration.path("key").asText("");
            String effect = toleration.path("effect").asText("");
            boolean about = key.equals(taint) || key.isEmpty();
            if (about && (effect.equals("NoExecute") || effect.isEmpty())) {
                return true;
            }
        }
        return false;
    }
}
