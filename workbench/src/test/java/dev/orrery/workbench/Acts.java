package dev.orrery.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what happens in a history. */
final class Acts {

    static final List<String> RESTARTS =
            List.of(
                    "restart kube-scheduler",
                    "restart kube-controller-manager",
                    "restart kube-controller-manager",
                    "restart kubelet",
                    "restart kube-apiserver");

    private Acts() {}

    /** What may happen, each as likely as it is often named, and a number below 100 with it. */
    static List<Act> draw(SplittableRandom random, int most, List<String> possible) {
        int count = 1 + random.nextInt(most);
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String what = possible.get(random.nextInt(possible.size()));
            acts.add(new Act(1 + random.nextInt(300), what, random.nextInt(100)));
        }
        return List.copyOf(acts);
    }
}
