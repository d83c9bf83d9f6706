package dev.orrery.workbench;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** A StatefulSet that is scaled, rolled and partitioned, and whose pods and nodes are lost. */
final class FaultyStatefulSet implements Workload {

    static final ObjectKey KEY =
            new ObjectKey(new GroupResource("apps", "statefulsets"), "default", "db");

    private static final int MOST_REPLICAS = 5;
    private static final int MOST_ACTS = 8;

    private final boolean parallel;
    private final int maxUnavailable;
    private final List<Act> acts;

    /** As the user wants it by now. */
    private int replicas;

    private int partition;
    private String image = Templates.IMAGES.getFirst();

    FaultyStatefulSet(SplittableRandom random) {
        parallel = random.nextInt(3) == 0;
        maxUnavailable = random.nextInt(4) == 0 ? 2 : 1;
        replicas = 1 + random.nextInt(MOST_REPLICAS - 1);
        List<String> possible = new ArrayList<>(Acts.RESTARTS);
        possible.addAll(
                List.of(
                        "scale",
                        "scale",
                        "image",
                        "image",
                        "partition",
                        "deletePod",
                        "failPod",
                        "cutOff"));
        acts = Acts.draw(random, MOST_ACTS, possible);
    }

    @Override
    public List<Act> acts() {
        return acts;
    }

    @Override
    public void create(Workbench workbench) {
        workbench
                .admin()
                .create(
                        new StatefulSetBuilder()
                                .withNewMetadata()
                                .withNamespace("default")
                                .withName("db")
                                .endMetadata()
                                .withNewSpec()
                                .withReplicas(replicas)
                                .withServiceName("db")
                                .withPodManagementPolicy(parallel ? "Parallel" : "OrderedReady")
                                .withNewSelector()
                                .addToMatchLabels("app", "db")
                                .endSelector()
                                .withNewUpdateStrategy()
                                .withNewRollingUpdate()
                                .withNewMaxUnavailable(maxUnavailable)
                                .endRollingUpdate()
                                .endUpdateStrategy()
                                .withTemplate(Templates.web("db", Map.of()))
                                .endSpec()
                                .build());
    }

    @Override
    public void perform(Act act, Workbench workbench) {
        Administrator admin = Administrator.of(workbench);
        switch (act.what()) {
            case "scale" -> {
                replicas = act.number() % (MOST_REPLICAS + 1);
                admin.merge(
                        StatefulSet.class,
                        "db",
                        "{\"spec\": {\"replicas\": %d}}".formatted(replicas));
            }
            case "image" -> {
                image = Templates.image(act.number());
                admin.strategic(StatefulSet.class, "db", Templates.patch(image));
            }
            case "partition" -> partition(act.number() % MOST_REPLICAS, admin);
            case "deletePod" -> admin.deletePod(act.number());
            case "failPod" -> admin.failPod(act.number());
            case "cutOff" -> workbench.cutOff("node-" + (1 + act.number() % 3));
            default -> throw new IllegalArgumentException(act.what());
        }
    }

    private void partition(int places, Administrator admin) {
        partition = places;
        admin.merge(
                StatefulSet.class,
                "db",
                "{\"spec\": {\"updateStrategy\": {\"rollingUpdate\": {\"partition\": %d}}}}"
                        .formatted(places));
    }

    @Override
    public void heal(Workbench workbench) {
        workbench.restart("kubelet");
        partition(0, Administrator.of(workbench));
    }

    @Override
    public boolean isSettled(Workbench workbench) {
        StatefulSet set = workbench.admin().get(StatefulSet.class, "default", "db");
        StatefulSetStatus status = set.getStatus();
        return status != null
                && set.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && is(replicas, status.getReplicas())
                && is(replicas, status.getReadyReplicas())
                && is(replicas, status.getUpdatedReplicas())
                && areRight(workbench.admin().list(Pod.class, "default"));
    }

    private boolean areRight(List<Pod> pods) {
        return pods.size() == replicas
                && partition == 0
                && pods.stream()
                        .allMatch(pod ->
                                pod.getSpec().getContainers().getFirst().getImage().equals(image));
    }

    private static boolean is(int wanted, Integer count) {
        return wanted == Objects.requireNonNullElse(count, 0);
    }

    @Override
    public List<Invariant> invariants() {
        return List.of(new RowOrder(KEY));
    }

    @Override
    public Set<String> told() {
        return Set.of("statefulsets", "pods");
    }
}
