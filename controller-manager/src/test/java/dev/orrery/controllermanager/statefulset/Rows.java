package dev.orrery.controllermanager.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sets and rows of pods, written short: {@code 0:ready@old 1:pending@new}. */
final class Rows {

    static final Instant NOW = Instant.parse("2026-03-01T00:01:00Z");

    private Rows() {}

    static StatefulSet set(int replicas) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("default")
                .withUid("web-uid")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withServiceName("web")
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("nginx:1.16")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** The set under options such as {@code parallel partition=1 start=5 maxUnavailable=2}. */
    static StatefulSet set(int replicas, String options) {
        StatefulSetBuilder set = new StatefulSetBuilder(set(replicas));
        for (String option : options.isBlank() ? new String[0] : options.split(" ")) {
            String[] parts = option.split("=");
            switch (parts[0]) {
                case "parallel" -> set.editSpec().withPodManagementPolicy("Parallel").endSpec();
                case "onDelete" ->
                        set.editSpec()
                                .withNewUpdateStrategy()
                                .withType("OnDelete")
                                .endUpdateStrategy()
                                .endSpec();
                case "partition" ->
                        set.editSpec()
                                .editOrNewUpdateStrategy()
                                .editOrNewRollingUpdate()
                                .withPartition(Integer.valueOf(parts[1]))
                                .endRollingUpdate()
                                .endUpdateStrategy()
                                .endSpec();
                case "maxUnavailable" ->
                        set.editSpec()
                                .editOrNewUpdateStrategy()
                                .editOrNewRollingUpdate()
                                .withNewMaxUnavailable(Integer.valueOf(parts[1]))
                                .endRollingUpdate()
                                .endUpdateStrategy()
                                .endSpec();
                case "start" -> set.editSpec().withNewOrdinals(Integer.valueOf(parts[1])).endSpec();
                case "minReady" ->
                        set.editSpec().withMinReadySeconds(Integer.valueOf(parts[1])).endSpec();
                case "deleted" ->
                        set.editMetadata().withDeletionTimestamp(NOW.toString()).endMetadata();
                default -> throw new IllegalArgumentException(option);
            }
        }
        return set.build();
    }

    static Row row(StatefulSet set, String pods) {
        List<Pod> all =
                pods.isBlank() ? List.of() : Arrays.stream(pods.split(" ")).map(Rows::pod).toList();
        return Row.of(set, "old", "new", all, NOW);
    }

    static String text(List<Step> steps) {
        return steps.stream().map(Rows::text).collect(Collectors.joining(", "));
    }

    private static String text(Step step) {
        return switch (step) {
            case Step.Create(int ordinal, String revision) -> "create " + ordinal + "@" + revision;
            case Step.Replace(Pod pod) -> "replace " + place(pod);
            case Step.Furnish(Pod pod) -> "furnish " + place(pod);
            case Step.Identify(Pod pod) -> "identify " + place(pod);
            case Step.Delete(Pod pod) -> "delete " + place(pod);
        };
    }

    private static String place(Pod pod) {
        return pod.getMetadata().getName().substring("web-".length());
    }

    private static Pod pod(String text) {
        String[] parts = text.split("[:@]");
        String name = "web-" + parts[0];
        String state = parts[1];
        PodBuilder pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .addToLabels(
                                Map.of(
                                        "app",
                                        "web",
                                        Row.REVISION_LABEL,
                                        parts[2],
                                        "statefulset.kubernetes.io/pod-name",
                                        state.equals("nameless") ? "" : name,
                                        "apps.kubernetes.io/pod-index",
                                        parts[0]))
                        .withDeletionTimestamp(state.equals("ending") ? NOW.toString() : null)
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .withNewStatus()
                        .withPhase(
                                switch (state) {
                                    case "pending" -> "Pending";
                                    case "failed" -> "Failed";
                                    case "succeeded" -> "Succeeded";
                                    default -> "Running";
                                })
                        .endStatus();
        if (List.of("ready", "fresh", "ending", "nameless").contains(state)) {
            Instant since = state.equals("fresh") ? NOW.minusSeconds(5) : NOW.minusSeconds(60);
            pod.editStatus()
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus("True")
                    .withLastTransitionTime(since.toString())
                    .endCondition()
                    .endStatus();
        }
        return pod.build();
    }
}
