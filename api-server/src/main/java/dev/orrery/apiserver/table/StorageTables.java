package dev.orrery.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The columns of volumes, claims, and their classes and drivers. */
final class StorageTables {

    private static final Map<String, String> MODES = modes();

    static final Columns PERSISTENT_VOLUME =
            Layout.named()
                    .text(
                            "Capacity",
                            "Its size.",
                            o -> Texts.quantity(o.path("spec").path("capacity").path("storage")))
                    .text(
                            "Access Modes",
                            "How it may be mounted.",
                            o -> accessModes(o.path("spec").path("accessModes")))
                    .text(
                            "Reclaim Policy",
                            "What happens when it is released.",
                            "/spec/persistentVolumeReclaimPolicy")
                    .text("Status", "Whether it is in use.", StorageTables::phase)
                    .text("Claim", "The claim that has it.", StorageTables::claim)
                    .text("StorageClass", "Its class.", StorageTables::storageClass)
                    .text(
                            "VolumeAttributesClass",
                            "The class of its attributes.",
                            StorageTables::attributesClass)
                    .text("Reason", "Why it is in that state.", "/status/reason")
                    .age()
                    .wide("VolumeMode", "Files or blocks.", StorageTables::volumeMode);

    static final Columns PERSISTENT_VOLUME_CLAIM =
            Layout.named()
                    .text("Status", "Whether it has a volume.", StorageTables::phase)
                    .text("Volume", "The volume that it has.", "/spec/volumeName")
                    .text("Capacity", "The size of the volume.", StorageTables::claimCapacity)
                    .text("Access Modes", "How it may be mounted.", StorageTables::claimModes)
                    .text("StorageClass", "Its class.", StorageTables::storageClass)
                    .text(
                            "VolumeAttributesClass",
                            "The class of its attributes.",
                            StorageTables::attributesClass)
                    .age()
                    .wide("VolumeMode", "Files or blocks.", StorageTables::volumeMode);

    static final Columns STORAGE_CLASS =
            Layout.empty()
                    .named("Name", o -> nameOfClass(o, "storageclass.kubernetes.io"))
                    .text("Provisioner", "Who makes its volumes.", "/provisioner")
                    .text(
                            "ReclaimPolicy",
                            "What happens when a volume is released.",
                            o -> Texts.or(o.path("reclaimPolicy"), "Delete"))
                    .text(
                            "VolumeBindingMode",
                            "When a claim gets its volume.",
                            o -> Texts.or(o.path("volumeBindingMode"), "Immediate"))
                    .flag(
                            "AllowVolumeExpansion",
                            "Whether volumes may grow.",
                            "/allowVolumeExpansion",
                            false)
                    .age();

    static final Columns VOLUME_ATTRIBUTES_CLASS =
            Layout.empty()
                    .named("Name", o -> nameOfClass(o, "volumeattributesclass.kubernetes.io"))
                    .text("DriverName", "Who implements it.", "/driverName")
                    .age();

    static final Columns VOLUME_ATTACHMENT =
            Layout.named()
                    .text("Attacher", "Who attaches it.", "/spec/attacher")
                    .text("PV", "The volume.", "/spec/source/persistentVolumeName")
                    .text("Node", "The node that it is for.", "/spec/nodeName")
                    .flag("Attached", "Whether it is there.", "/status/attached", false)
                    .age();

    static final Columns CSI_NODE =
            Layout.named()
                    .number(
                            "Drivers",
                            "How many drivers the node has.",
                            o -> (long) o.path("spec").path("drivers").size())
                    .age();

    static final Columns CSI_DRIVER =
            Layout.named()
                    .flag("AttachRequired", "Whether it attaches.", "/spec/attachRequired", true)
                    .flag(
                            "PodInfoOnMount",
                            "Whether it is told of the pod.",
                            "/spec/podInfoOnMount",
                            false)
                    .flag(
                            "StorageCapacity",
                            "Whether it says how much is left.",
                            "/spec/storageCapacity",
                            false)
                    .text("TokenRequests", "The tokens that it asks for.", StorageTables::tokens)
                    .flag(
                            "RequiresRepublish",
                            "Whether it is called again and again.",
                            "/spec/requiresRepublish",
                            false)
                    .text("Modes", "The kinds of its volumes.", StorageTables::lifecycle)
                    .age();

    static final Columns CSI_STORAGE_CAPACITY =
            Layout.named()
                    .text("StorageClassName", "The class that it is about.", "/storageClassName")
                    .text(
                            "Capacity",
                            "How much is left.",
                            o ->
                                    o.hasNonNull("capacity")
                                            ? Texts.quantity(o.path("capacity"))
                                            : Texts.UNSET);

    private StorageTables() {}

    private static Map<String, String> modes() {
        Map<String, String> modes = new LinkedHashMap<>();
        modes.put("ReadWriteOnce", "RWO");
        modes.put("ReadOnlyMany", "ROX");
        modes.put("ReadWriteMany", "RWX");
        modes.put("ReadWriteOncePod", "RWOP");
        return modes;
    }

    private static String accessModes(JsonNode given) {
        var names = Texts.all(given);
        StringJoiner shorts = new StringJoiner(",");
        MODES.forEach((name, shortName) -> {
            if (names.contains(name)) {
                shorts.add(shortName);
            }
        });
        return shorts.toString();
    }

    private static String phase(JsonNode object) {
        return Texts.isDeleted(object)
                ? "Terminating"
                : object.path("status").path("phase").asText("");
    }

    private static String claim(JsonNode volume) {
        JsonNode claim = volume.path("spec").path("claimRef");
        return claim.isObject()
                ? claim.path("namespace").asText("") + "/" + claim.path("name").asText("")
                : "";
    }

    private static String storageClass(JsonNode object) {
        String old = "volume.beta.kubernetes.io/storage-class";
        return Texts.or(
                object.path("metadata").path("annotations").path(old),
                object.path("spec").path("storageClassName").asText(""));
    }

    private static String attributesClass(JsonNode object) {
        return Texts.or(object.path("spec").path("volumeAttributesClassName"), Texts.UNSET);
    }

    private static String volumeMode(JsonNode object) {
        return Texts.or(object.path("spec").path("volumeMode"), Texts.UNSET);
    }

    private static boolean isBound(JsonNode claim) {
        return !claim.path("spec").path("volumeName").asText("").isEmpty();
    }

    private static String claimCapacity(JsonNode claim) {
        JsonNode capacity = claim.path("status").path("capacity").path("storage");
        return isBound(claim) ? Texts.quantity(capacity) : "";
    }

    private static String claimModes(JsonNode claim) {
        return isBound(claim) ? accessModes(claim.path("status").path("accessModes")) : "";
    }

    private static String nameOfClass(JsonNode object, String domain) {
        JsonNode annotations = object.path("metadata").path("annotations");
        boolean isDefault =
                annotations.path(domain + "/is-default-class").asText("").equals("true");
        return Layout.name(object) + (isDefault ? " (default)" : "");
    }

    private static String tokens(JsonNode driver) {
        JsonNode requests = driver.path("spec").path("tokenRequests");
        return requests.isArray()
                ? String.join(",", Texts.each(requests, "audience"))
                : Texts.UNSET;
    }

    private static String lifecycle(JsonNode driver) {
        JsonNode modes = driver.path("spec").path("volumeLifecycleModes");
        return modes.isEmpty() ? Texts.NONE : String.join(",", Texts.all(modes));
    }
}
