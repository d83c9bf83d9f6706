package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.machinery.resource.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A pod's volumes: unique names, and of each exactly one source. */
final class VolumeRules {

    /** In the order in which they are looked for: the first one wins. */
    private static final List<String> SOURCES =
            List.of(
                    "emptyDir",
                    "hostPath",
                    "gitRepo",
                    "gcePersistentDisk",
                    "awsElasticBlockStore",
                    "secret",
                    "nfs",
                    "iscsi",
                    "glusterfs",
                    "flocker",
                    "persistentVolumeClaim",
                    "rbd",
                    "cinder",
                    "cephfs",
                    "quobyte",
                    "downwardAPI",
                    "fc",
                    "flexVolume",
                    "configMap",
                    "azureFile",
                    "vsphereVolume",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "azureDisk",
                    "storageos",
                    "projected",
                    "scaleIO",
                    "csi",
                    "ephemeral",
                    "image");

    private VolumeRules() {}

    static void validate(Field volumes) {
        Set<String> names = new HashSet<>();
        for (Field volume : volumes.items()) {
            validateSources(volume);
            Field name = volume.get("name");
            if (name.require("")) {
                name.invalid(Names.dnsLabel(name.text()));
            }
            if (!names.add(name.text())) {
                name.duplicate(name.text());
            }
        }
    }

    private static void validateSources(Field volume) {
        boolean found = false;
        for (String kind : SOURCES) {
            Field source = volume.get(kind);
            if (!source.exists()) {
                continue;
            }
            if (found) {
                source.forbidden("may not specify more than 1 volume type");
            } else {
                found = true;
                validateSource(kind, source);
            }
        }
        if (!found) {
            volume.required("must specify a volume type");
        }
    }

    private static void validateSource(String kind, Field source) {
        switch (kind) {
            case "emptyDir" -> validateSize(source.get("sizeLimit"));
            case "configMap", "secret", "downwardAPI", "projected" ->
                    FileVolumeRules.validate(kind, source);
            case "ephemeral" -> validateEphemeral(source);
            default -> VolumeSourceRules.validate(kind, source);
        }
    }

    private static void validateSize(Field limit) {
        if (limit.exists() && Quantity.of(limit.value()).signum() < 0) {
            limit.forbidden("SizeLimit field must be a valid resource quantity");
        }
    }

    private static void validateEphemeral(Field source) {
        Field template = source.get("volumeClaimTemplate");
        if (template.exists()) {
            ClaimSpecRules.validate(template.get("spec"));
        } else {
            template.required("");
        }
    }
}
