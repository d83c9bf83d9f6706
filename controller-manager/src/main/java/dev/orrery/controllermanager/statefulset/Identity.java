package dev.orrery.controllermanager.statefulset;

import dev.orrery.controllermanager.pod.PodStamp;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;

/** What makes a pod the one of its place: name, labels, hostname and storage. */
final class Identity {

    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private Identity() {}

    static String name(StatefulSet set, int ordinal) {
        return set.getMetadata().getName() + "-" + ordinal;
    }

    static Pod pod(StatefulSet set, PodTemplateSpec template, String revision, int ordinal) {
        String name = name(set, ordinal);
        Pod pod =
                new PodBuilder(PodStamp.pod(set, template))
                        .editMetadata()
                        .withGenerateName(null)
                        .withName(name)
                        .addToLabels(labels(name, ordinal))
                        .addToLabels(Row.REVISION_LABEL, revision)
                        .endMetadata()
                        .editSpec()
                        .withHostname(name)
                        .withSubdomain(set.getSpec().getServiceName())
                        .endSpec()
                        .build();
        return ClaimTemplates.mounted(set, ordinal, pod);
    }

    static boolean isOf(StatefulSet set, int ordinal, Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null
                && labels.entrySet().containsAll(labels(name(set, ordinal), ordinal).entrySet());
    }

    /** The pod with the labels that it should have. */
    static Pod restored(StatefulSet set, Pod pod) {
        int ordinal = Ordinals.of(set, pod);
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels(labels(name(set, ordinal), ordinal))
                .endMetadata()
                .build();
    }

    private static Map<String, String> labels(String name, int ordinal) {
        return Map.of(POD_NAME, name, POD_INDEX, Integer.toString(ordinal));
    }
}
