package dev.orrery.apiserver.rules.pod;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FilePaths;
import java.util.List;
import java.util.Map;

/**
 * Storage that comes from outside the API, as volumes of pods and as persistent volumes have it.
 * Most kinds only ask for some fields: the table says which.
 */
public final class VolumeSourceRules {

    private static final List<String> HOST_PATH_TYPES =
            List.of(
                    "",
                    "BlockDevice",
                    "CharDevice",
                    "Directory",
                    "DirectoryOrCreate",
                    "File",
                    "FileOrCreate",
                    "Socket");
    private static final Map<String, List<String>> REQUIRED =
            Map.ofEntries(
                    Map.entry("gitRepo", List.of("repository")),
                    Map.entry("gcePersistentDisk", List.of("pdName")),
                    Map.entry("awsElasticBlockStore", List.of("volumeID")),
                    Map.entry("nfs", List.of("server", "path")),
                    Map.entry("iscsi", List.of("targetPortal", "iqn")),
                    Map.entry("glusterfs", List.of("endpoints", "path")),
                    Map.entry("persistentVolumeClaim", List.of("claimName")),
                    Map.entry("rbd", List.of("monitors", "image")),
                    Map.entry("cinder", List.of("volumeID")),
                    Map.entry("cephfs", List.of("monitors")),
                    Map.entry("quobyte", List.of("registry", "volume")),
                    Map.entry("flexVolume", List.of("driver")),
                    Map.entry("azureFile", List.of("secretName", "shareName")),
                    Map.entry("vsphereVolume", List.of("volumePath")),
                    Map.entry("photonPersistentDisk", List.of("pdID")),
                    Map.entry("portworxVolume", List.of("volumeID")),
                    Map.entry("azureDisk", List.of("diskName", "diskURI")),
                    Map.entry("storageos", List.of("volumeName")),
                    Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
                    Map.entry("csi", List.of("driver")));

    private VolumeSourceRules() {}

    public static void validate(String kind, Field source) {
        for (String field : REQUIRED.getOrDefault(kind, List.of())) {
            source.get(field).require("");
        }
        switch (kind) {
            case "hostPath" -> validateHostPath(source);
            case "nfs" -> {
                if (!source.get("path").text().startsWith("/")) {
                    source.get("path")
                            .invalid(source.get("path").text(), "must be an absolute path");
                }
            }
            case "iscsi" -> source.get("lun").between(0, 255);
            case "fc" -> validateFibreChannel(source);
            case "flocker" -> validateFlocker(source);
            case "image" -> source.get("pullPolicy").oneOf(ContainerRules.PULL_POLICIES);
            default -> {}
        }
    }

    private static void validateHostPath(Field source) {
        if (source.get("path").require("")) {
            FilePaths.validateNoStepBack(source.get("path").text(), source.get("path"));
            source.get("type").oneOf(HOST_PATH_TYPES);
        }
    }

    private static void validateFibreChannel(Field source) {
        Field names = source.get("targetWWNs");
        if (names.isEmpty() && source.get("wwids").isEmpty()) {
            names.required("must specify either targetWWNs or wwids, but not both");
        } else if (!names.isEmpty() && !source.get("wwids").isEmpty()) {
            names.invalid("targetWWNs and wwids can not be specified simultaneously");
        }
        if (!names.isEmpty()
                && source.get("lun").require("lun is required if targetWWNs is specified")) {
            source.get("lun").between(0, 255);
        }
    }

    private static void validateFlocker(Field source) {
        boolean named = !source.get("datasetName").isEmpty();
        boolean identified = !source.get("datasetUUID").isEmpty();
        if (!named && !identified) {
            source.required("one of datasetName and datasetUUID is required");
        } else if (named && identified) {
            source.invalid(
                    "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
    }
}
