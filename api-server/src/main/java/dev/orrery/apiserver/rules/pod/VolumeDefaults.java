package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Quantities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills in one volume of a pod. */
final class VolumeDefaults {

    private static final int READABLE = 0644;
    private static final int TOKEN_SECONDS = 3600;
    private static final List<String> FILES =
            List.of("secret", "configMap", "downwardAPI", "projected");

    private VolumeDefaults() {}

    static void setDefaults(ObjectNode volume) {
        if (volume.size() == 0 || (volume.size() == 1 && volume.has("name"))) {
            volume.putObject("emptyDir");
        }
        for (String source : FILES) {
            ObjectNode files = Defaults.existing(volume, source);
            if (files != null) {
                Defaults.number(files, "defaultMode", READABLE);
            }
        }
        completeDownwardItems(volume.path("downwardAPI"));
        for (ObjectNode source : Defaults.objects(volume.path("projected"), "sources")) {
            completeProjection(source);
        }
        completeRest(volume);
    }

    private static void completeProjection(ObjectNode source) {
        completeDownwardItems(source.path("downwardAPI"));
        ObjectNode token = Defaults.existing(source, "serviceAccountToken");
        if (token != null) {
            Defaults.number(token, "expirationSeconds", TOKEN_SECONDS);
        }
    }

    private static void completeDownwardItems(JsonNode downward) {
        Defaults.objects(downward, "items").forEach(ContainerDefaults::completeFieldRef);
    }

    private static void completeRest(ObjectNode volume) {
        ObjectNode hostPath = Defaults.existing(volume, "hostPath");
        if (hostPath != null && Defaults.isAbsent(hostPath, "type")) {
            hostPath.put("type", "");
        }
        ObjectNode image = Defaults.existing(volume, "image");
        if (image != null) {
            String reference = image.path("reference").asText("");
            Defaults.text(image, "pullPolicy", ContainerDefaults.pullPolicy(reference));
        }
        ObjectNode iscsi = Defaults.existing(volume, "iscsi");
        if (iscsi != null) {
            Defaults.text(iscsi, "iscsiInterface", "default");
        }
        completeSize(Defaults.existing(volume, "emptyDir"));
        completeClaim(volume.path("ephemeral").path("volumeClaimTemplate").path("spec"));
    }

    private static void completeSize(@Nullable ObjectNode emptyDir) {
        if (emptyDir != null) {
            Quantities.canonicalize(emptyDir, "sizeLimit");
        }
    }

    /** What every claim's spec gets, in a volume as on its own. */
    private static void completeClaim(JsonNode spec) {
        if (spec instanceof ObjectNode claim) {
            Defaults.text(claim, "volumeMode", "Filesystem");
            Quantities.canonicalize(claim.path("resources"));
        }
    }
}
