package dev.orrery.workbench;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A Deployment of four that is rolled and paused, and whose pods and nodes are lost. */
final class FaultyDeployment implements Workload {

    private static final int REPLICAS = 4;
    private static final int MOST = 5;
    private static final int FEWEST = 3;
    private static final int MOST_ACTS = 10;
    private static final List<String> IMAGES = List.of("nginx:1.16", "nginx:1.17", "nginx:1.18");

    private final List<Act> acts;
    private String image = IMAGES.getFirst();

    FaultyDeployment(SplittableRandom random) {
        List<String> possible = new ArrayList<>(Acts.RESTARTS);
        possible.addAll(
                List.of(
                        "image",
                        "image",
                        "image",
                        "pause",
                        "resume",
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
        WebDeployment.create(workbench, REPLICAS, image);
    }

    @Override
    public void perform(Act act, Workbench workbench) {
        Administrator admin = Administrator.of(workbench);
        switch (act.what()) {
            case "image" -> {
                image = IMAGES.get(act.number() % IMAGES.size());
                new WebDeployment(workbench, REPLICAS).setImage(image);
            }
            case "pause" -> pause(true, admin);
            case "resume" -> pause(false, admin);
            case "deletePod" -> admin.deletePod(act.number());
            case "failPod" -> admin.failPod(act.number());
            case "cutOff" -> workbench.cutOff("node-" + (1 + act.number() % 3));
            default -> throw new IllegalArgumentException(act.what());
        }
    }

    private static void pause(boolean paused, Administrator admin) {
        admin.merge(Deployment.class, "web", "{\"spec\": {\"paused\": %b}}".formatted(paused));
    }

    @Override
    public void heal(Workbench workbench) {
        workbench.restart("kubelet");
        pause(false, Administrator.of(workbench));
    }

    @Override
    public boolean isSettled(Workbench workbench) {
        return new WebDeployment(workbench, REPLICAS).settles(image, Duration.ZERO);
    }

    @Override
    public List<Invariant> invariants() {
        return List.of(new RolloutBounds(WebDeployment.KEY, MOST, FEWEST));
    }

    @Override
    public Set<String> told() {
        return Set.of("deployments", "replicasets", "pods");
    }
}
