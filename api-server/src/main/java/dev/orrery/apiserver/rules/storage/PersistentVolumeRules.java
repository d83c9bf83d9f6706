package dev.orrery.apiserver.rules.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.FilePaths;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Quantities;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.rules.Same;
import dev.orrery.apiserver.rules.pod.AffinityRules;
import dev.orrery.apiserver.rules.pod.ClaimSpecRules;
import dev.orrery.apiserver.rules.pod.VolumeSourceRules;
import dev.orrery.machinery.resource.Quantity;
import java.util.List;
import java.util.Map;

/** The rules of PersistentVolume: exactly one source, which stays. */
public final class PersistentVolumeRules implements Rules {

    private static final List<String> RECLAIM = List.of("Delete", "Recycle", "Retain");
    private static final List<String> SOURCES =
            List.of(
                    "hostPath",
                    "gcePersistentDisk",
                    "awsElasticBlockStore",
                    "glusterfs",
                    "flocker",
                    "nfs",
                    "rbd",
                    "quobyte",
                    "cephfs",
                    "iscsi",
                    "cinder",
                    "fc",
                    "flexVolume",
                    "azureFile",
                    "vsphereVolume",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "azureDisk",
                    "scaleIO",
                    "local",
                    "storageos",
                    "csi");

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.text(Defaults.object(object, "status"), "phase", "Pending");
        ObjectNode spec = Defaults.existing(object, "spec");
        if (spec == null) {
            return;
        }
        Defaults.text(spec, "persistentVolumeReclaimPolicy", "Retain");
        Defaults.text(spec, "volumeMode", "Filesystem");
        Quantities.canonicalizeAll(spec.path("capacity"));
        ObjectNode hostPath = Defaults.existing(spec, "hostPath");
        if (hostPath != null && Defaults.isAbsent(hostPath, "type")) {
            hostPath.put("type", "");
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        Field modes = spec.get("accessModes");
        modes.require("");
        for (Field mode : modes.items()) {
            if (!ClaimSpecRules.ACCESS_MODES.contains(mode.text())) {
                errors.notSupported(modes.path(), mode.text(), ClaimSpecRules.ACCESS_MODES);
            }
        }
        validateCapacity(spec.get("capacity"));
        spec.get("persistentVolumeReclaimPolicy").oneOf(RECLAIM);
        Field affinity = spec.get("nodeAffinity");
        if (affinity.exists()
                && affinity.get("required").require("must specify required node constraints")) {
            AffinityRules.validateNodeSelector(affinity.get("required"));
        }
        validateSource(spec);
        Field storageClass = spec.get("storageClassName");
        if (!storageClass.isEmpty()) {
            storageClass.invalid(Names.dnsSubdomain(storageClass.text()));
        }
        spec.get("volumeMode").oneOf(ClaimSpecRules.VOLUME_MODES);
    }

    private static void validateCapacity(Field capacity) {
        if (!capacity.require("")) {
            return;
        }
        if (capacity.value().size() > 1 || !capacity.get("storage").exists()) {
            capacity.errors().notSupported(capacity.path(), capacity.value(), List.of("storage"));
        }
        for (Map.Entry<String, Field> entry : capacity.entries()) {
            if (Quantity.of(entry.getValue().value()).signum() <= 0) {
                entry.getValue().invalid("must be greater than zero");
            }
        }
    }

    private static void validateSource(Field spec) {
        boolean found = false;
        for (String kind : SOURCES) {
            Field source = spec.get(kind);
            if (!source.exists()) {
                continue;
            }
            if (found) {
                source.forbidden("may not specify more than 1 volume type");
                continue;
            }
            found = true;
            if (kind.equals("local")) {
                validateLocal(source, spec);
            } else {
                VolumeSourceRules.validate(kind, source);
            }
        }
        if (!found) {
            spec.required("must specify a volume type");
        }
        if (spec.get("csi").exists()) {
            spec.get("csi", "volumeHandle").require("");
        }
    }

    private static void validateLocal(Field local, Field spec) {
        if (local.get("path").require("")) {
            FilePaths.validateNoStepBack(local.get("path").text(), local.get("path"));
        }
        if (!spec.get("nodeAffinity").exists()) {
            spec.get("nodeAffinity").required("Local volume requires node affinity");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field spec = Field.of(object, errors).get("spec");
        JsonNode before = old.path("spec");
        for (String kind : SOURCES) {
            if (!Same.same(spec.get(kind).value(), before.path(kind))) {
                spec.get("persistentvolumesource")
                        .forbidden("spec.persistentvolumesource is immutable after creation\n");
                break;
            }
        }
        if (!Same.same(spec.get("volumeMode").value(), before.path("volumeMode"))) {
            errors.invalid(
                    new FieldPath("volumeMode"),
                    spec.get("volumeMode").value(),
                    "field is immutable");
        }
        JsonNode affinity = before.path("nodeAffinity");
        if (affinity.isObject() && !Same.same(spec.get("nodeAffinity").value(), affinity)) {
            errors.invalid(
                    new FieldPath("nodeAffinity"),
                    spec.get("nodeAffinity").value(),
                    "field is immutable");
        }
    }
}
