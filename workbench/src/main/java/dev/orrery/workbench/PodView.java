package dev.orrery.workbench;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a record says of a pod.
 *
 * @param owner uid of the controlling owner; empty if there is none
 * @param node that it runs on; empty before it is bound
 * @param target node that its affinity names, for a daemon's pod; else empty
 */
record PodView(
        String name,
        String uid,
        String owner,
        String image,
        String node,
        String target,
        boolean ready,
        boolean ended,
        boolean deleting) {

    static PodView of(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        String phase = pod.path("status").path("phase").asText();
        return new PodView(
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                Owning.controller(pod).path("uid").asText(""),
                pod.path("spec").path("containers").path(0).path("image").asText(),
                pod.path("spec").path("nodeName").asText(""),
                target(pod.path("spec").path("affinity").path("nodeAffinity")),
                isReady(pod),
                phase.equals("Succeeded") || phase.equals("Failed"),
                metadata.has("deletionTimestamp"));
    }

    /** It serves, and nobody is taking it away. */
    boolean serves() {
        return ready && isAlive();
    }

    boolean isAlive() {
        return !ended && !deleting;
    }

    private static String target(JsonNode affinity) {
        return affinity.path("requiredDuringSchedulingIgnoredDuringExecution")
                .path("nodeSelectorTerms")
                .path(0)
                .path("matchFields")
                .path(0)
                .path("values")
                .path(0)
                .asText("");
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
