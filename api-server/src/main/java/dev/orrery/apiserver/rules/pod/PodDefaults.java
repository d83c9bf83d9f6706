package dev.orrery.apiserver.rules.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import java.util.List;

/** Fills in a pod's spec. The same for a pod and for a template, but for {@link #completePod}. */
public final class PodDefaults {

    private static final int GRACE_SECONDS = 30;
    private static final List<String> CONTAINER_LISTS =
            List.of("containers", "initContainers", "ephemeralContainers");

    private PodDefaults() {}

    public static void setDefaults(ObjectNode spec) {
        Defaults.text(spec, "dnsPolicy", "ClusterFirst");
        Defaults.text(spec, "restartPolicy", "Always");
        Defaults.object(spec, "securityContext");
        Defaults.number(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
        Defaults.text(spec, "schedulerName", "default-scheduler");
        unifyServiceAccount(spec);
        for (String list : CONTAINER_LISTS) {
            Defaults.objects(spec, list).forEach(ContainerDefaults::setDefaults);
        }
        Defaults.objects(spec, "volumes").forEach(VolumeDefaults::setDefaults);
    }

    /** What only a real pod gets, and a template does not. */
    static void completePod(ObjectNode spec) {
        Defaults.flag(spec, "enableServiceLinks", true);
        boolean hostNetwork = spec.path("hostNetwork").asBoolean();
        for (String list : List.of("containers", "initContainers")) {
            for (ObjectNode container : Defaults.objects(spec, list)) {
                ContainerDefaults.requestWhatIsLimited(container);
                if (hostNetwork) {
                    ContainerDefaults.openPortsOnHost(container);
                }
            }
        }
    }

    /** The old name of the field follows the new one. */
    private static void unifyServiceAccount(ObjectNode spec) {
        String name = spec.path("serviceAccountName").asText("");
        if (name.isEmpty()) {
            name = spec.path("serviceAccount").asText("");
        }
        if (!name.isEmpty()) {
            spec.put("serviceAccountName", name).put("serviceAccount", name);
        }
    }
}
