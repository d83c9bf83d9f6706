package dev.orrery.workbench;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** A DaemonSet that is rolled, while nodes are labelled and lost and pods fail. */
final class FaultyDaemonSet implements Workload {

    static final ObjectKey KEY =
            new ObjectKey(new GroupResource("apps", "daemonsets"), "default", "agent");

    private static final int MOST_ACTS = 8;
    private static final int NODES = 3;

    private final boolean surging;
    private final int most;
    private final List<Act> acts;
    private String image = Templates.IMAGES.getFirst();

    FaultyDaemonSet(SplittableRandom random) {
        surging = random.nextInt(3) == 0;
        most = 1 + random.nextInt(2);
        List<String> possible = new ArrayList<>(Acts.RESTARTS);
        possible.addAll(
                List.of(
                        "image",
                        "image",
                        "image",
                        "label",
                        "unlabel",
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
        while (workbench.admin().list(Node.class, "").size() < NODES) {
            workbench.run(Duration.ofSeconds(1));
        }
        for (int i = 0; i < NODES; i++) {
            label(i, true, workbench);
        }
        workbench
                .admin()
                .create(
                        new DaemonSetBuilder()
                                .withNewMetadata()
                                .withNamespace("default")
                                .withName("agent")
                                .endMetadata()
                                .withNewSpec()
                                .withNewSelector()
                                .addToMatchLabels("app", "agent")
                                .endSelector()
                                .withNewUpdateStrategy()
                                .withNewRollingUpdate()
                                .withNewMaxUnavailable(surging ? 0 : most)
                                .withNewMaxSurge(surging ? most : 0)
                                .endRollingUpdate()
                                .endUpdateStrategy()
                                .withTemplate(Templates.web("agent", Map.of("agent", "yes")))
                                .endSpec()
                                .build());
    }

    @Override
    public void perform(Act act, Workbench workbench) {
        Administrator admin = Administrator.of(workbench);
        switch (act.what()) {
            case "image" -> {
                image = Templates.image(act.number());
                admin.strategic(DaemonSet.class, "agent", Templates.patch(image));
            }
            case "label" -> label(act.number(), true, workbench);
            case "unlabel" -> label(act.number(), false, workbench);
            case "deletePod" -> admin.deletePod(act.number());
            case "failPod" -> admin.failPod(act.number());
            case "cutOff" -> workbench.cutOff(node(act.number()));
            default -> throw new IllegalArgumentException(act.what());
        }
    }

    private static void label(int node, boolean wanted, Workbench workbench) {
        Administrator.of(workbench)
                .merge(
                        Node.class,
                        node(node),
                        "{\"metadata\": {\"labels\": {\"agent\": %s}}}"
                                .formatted(wanted ? "\"yes\"" : "null"));
    }

    private static String node(int number) {
        return "node-" + (1 + number % NODES);
    }

    @Override
    public void heal(Workbench workbench) {
        workbench.restart("kubelet");
    }

    @Override
    public boolean isSettled(Workbench workbench) {
        DaemonSet set = workbench.admin().get(DaemonSet.class, "default", "agent");
        int wanted =
                (int)
                        workbench.admin().list(Node.class, "").stream()
                                .filter(node ->
                                        "yes".equals(node.getMetadata().getLabels().get("agent")))
                                .count();
        DaemonSetStatus status = set.getStatus();
        return status != null
                && set.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && is(wanted, status.getDesiredNumberScheduled())
                && is(wanted, status.getNumberAvailable())
                && is(wanted, status.getUpdatedNumberScheduled())
                && areRight(wanted, workbench.admin().list(Pod.class, "default"));
    }

    private boolean areRight(int wanted, List<Pod> pods) {
        return pods.size() == wanted
                && pods.stream()
                        .allMatch(pod ->
                                pod.getSpec().getContainers().getFirst().getImage().equals(image));
    }

    private static boolean is(int wanted, Integer count) {
        return wanted == Objects.requireNonNullElse(count, 0);
    }

    @Override
    public List<Invariant> invariants() {
        return List.of(new DaemonPlaces(KEY));
    }

    @Override
    public Set<String> told() {
        return Set.of("daemonsets", "pods");
    }
}
