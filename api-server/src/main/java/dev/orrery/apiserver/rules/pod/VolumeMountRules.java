package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FilePaths;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a container mounts its pod's volumes, and which it opens as block devices. */
final class VolumeMountRules {

    private static final List<String> PROPAGATIONS =
            List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

    private VolumeMountRules() {}

    static void validate(Field container, PodView pod) {
        Map<String, String> devices = byName(container.get("volumeDevices"), "devicePath");
        validateMounts(container, devices, pod);
        if (!devices.isEmpty()) {
            validateDevices(container, pod);
        }
    }

    private static Map<String, String> byName(Field list, String path) {
        Map<String, String> byName = new HashMap<>();
        for (JsonNode item : list.value()) {
            byName.put(item.path("name").asText(""), item.path(path).asText(""));
        }
        return byName;
    }

    private static void validateMounts(Field container, Map<String, String> devices, PodView pod) {
        Field mounts = container.get("volumeMounts");
        Set<String> paths = new HashSet<>();
        for (Field mount : mounts.items()) {
            Field name = mount.get("name");
            name.require("");
            JsonNode volume = pod.volumes().get(name.text());
            if (volume == null) {
                name.notFound(name.text());
            } else if (volume.hasNonNull("image")) {
                forbidPart(mount);
            }
            Field path = mount.get("mountPath");
            path.require("");
            if (!paths.add(path.text())) {
                path.invalid(path.text(), "must be unique");
            }
            if (devices.containsKey(name.text())) {
                name.invalid("must not already exist in volumeDevices");
            }
            if (devices.containsValue(path.text())) {
                path.invalid("must not already exist as a path in volumeDevices");
            }
            validatePart(mount, mounts);
            validatePropagation(mount, mounts, container);
        }
    }

    private static void forbidPart(Field mount) {
        for (String part : List.of("subPath", "subPathExpr")) {
            if (!mount.get(part).isEmpty()) {
                mount.get(part).invalid("not allowed in image volume sources");
            }
        }
    }

    private static void validatePart(Field mount, Field mounts) {
        Field path = mount.get("subPath");
        Field expression = mount.get("subPathExpr");
        if (!path.isEmpty()) {
            FilePaths.validateDescending(path.text(), mounts.get("subPath"));
        }
        if (!expression.isEmpty()) {
            if (!path.isEmpty()) {
                expression.invalid("subPathExpr and subPath are mutually exclusive");
            }
            FilePaths.validateDescending(expression.text(), mounts.get("subPathExpr"));
        }
    }

    private static void validatePropagation(Field mount, Field mounts, Field container) {
        String propagation = mount.get("mountPropagation").text();
        Field place = mounts.get("mountPropagation");
        if (!propagation.isEmpty() && !PROPAGATIONS.contains(propagation)) {
            place.errors().notSupported(place.path(), propagation, PROPAGATIONS);
        }
        boolean privileged = container.get("securityContext", "privileged").isTrue();
        if (propagation.equals("Bidirectional") && !privileged) {
            place.forbidden(
                    "Bidirectional mount propagation is available only to privileged containers");
        }
        validateRecursion(mount, mounts.get("recursiveReadOnly"), propagation);
    }

    private static void validateRecursion(Field mount, Field place, String propagation) {
        String recursive = mount.get("recursiveReadOnly").text();
        switch (recursive) {
            case "", "Disabled" -> {}
            case "Enabled", "IfPossible" -> {
                if (!mount.get("readOnly").isTrue()) {
                    place.forbidden("may only be specified when readOnly is true");
                }
                if (!propagation.isEmpty() && !propagation.equals("None")) {
                    place.forbidden(
                            "may only be specified when mountPropagation is None or not"
                                    + " specified");
                }
            }
            default -> place.errors().notSupported(place.path(), recursive, RECURSIVE);
        }
    }

    private static void validateDevices(Field container, PodView pod) {
        Map<String, String> mounts = byName(container.get("volumeMounts"), "mountPath");
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (Field device : container.get("volumeDevices").items()) {
            validateDeviceName(device.get("name"), names, pod);
            Field path = device.get("devicePath");
            path.require("");
            if (!paths.add(path.text())) {
                path.invalid(path.text(), "must be unique");
            }
            if (FilePaths.stepsBack(path.text())) {
                path.invalid("can not contain backsteps ('..')");
            }
            if (mounts.containsKey(device.get("name").text())) {
                device.get("name").invalid("must not already exist in volumeMounts");
            }
            if (mounts.containsValue(path.text())) {
                path.invalid("must not already exist as a path in volumeMounts");
            }
        }
    }

    private static void validateDeviceName(Field name, Set<String> names, PodView pod) {
        name.require("");
        if (!name.isEmpty() && !names.add(name.text())) {
            name.invalid("must be unique");
        }
        JsonNode volume = pod.volumes().get(name.text());
        if (volume == null) {
            name.notFound(name.text());
        } else if (!isClaim(volume)) {
            name.invalid(
                    "can only use volume source type of PersistentVolumeClaim or Ephemeral for"
                            + " block mode");
        }
    }

    /** A volume that only a claim template knows has no source here. */
    private static boolean isClaim(JsonNode volume) {
        return volume.isMissingNode()
                || volume.hasNonNull("persistentVolumeClaim")
                || volume.hasNonNull("ephemeral");
    }
}
