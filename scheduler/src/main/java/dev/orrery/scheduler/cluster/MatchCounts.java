package dev.orrery.scheduler.cluster;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How many pods of a selection run on each node, kept up to date pod by pod, so that spreading and
 * affinity need no walk over all pods for each decision. A group of selections counts the pods that
 * are in all of them. Pods that are terminating are counted apart, because spreading passes them
 * over and affinity does not.
 *
 * <p>The counts of a group are taken when it is first asked for; the groups asked for longest ago
 * give way.
 */
final class MatchCounts {

    /** Groups kept. Each costs one match for every pod that comes or goes. */
    static final int MOST_GROUPS = 512;

    private final Namespaces namespaces;
    private final Consumer<Visitor> eachPod;
    private final Map<Group, Map<String, Integer>> counts = new LruMap();

    /** Called for every pod on a node. */
    interface Visitor {
        void visit(String node, PodInfo pod);
    }

    record Group(List<PodSelection> selections, boolean terminatingToo) {

        boolean contains(PodInfo pod, Namespaces namespaces) {
            if (!terminatingToo && pod.isTerminating()) {
                return false;
            }
            for (PodSelection selection : selections) {
                if (!selection.matches(pod, namespaces)) {
                    return false;
                }
            }
            return true;
        }
    }

    MatchCounts(Namespaces namespaces, Consumer<Visitor> eachPod) {
        this.namespaces = namespaces;
        this.eachPod = eachPod;
    }

    Map<String, Integer> byNode(Group group) {
        return Collections.unmodifiableMap(counts.computeIfAbsent(group, this::counted));
    }

    void added(String node, PodInfo pod) {
        count(node, pod, 1);
    }

    void removed(String node, PodInfo pod) {
        count(node, pod, -1);
    }

    /** Namespaces were relabelled: what their selectors select is taken anew. */
    void forgetNamespaceSelectors() {
        counts.keySet()
                .removeIf(group ->
                        group.selections().stream()
                                .anyMatch(each -> each.namespaceSelector() != null));
    }

    private void count(String node, PodInfo pod, int change) {
        counts.forEach((group, byNode) -> {
            if (group.contains(pod, namespaces)) {
                byNode.merge(node, change, MatchCounts::sumOrNone);
            }
        });
    }

    @SuppressWarnings("NullAway") // Map.merge takes null as "no value any more"
    private static Integer sumOrNone(Integer held, Integer change) {
        int sum = held + change;
        return sum == 0 ? null : sum;
    }

    private Map<String, Integer> counted(Group group) {
        Map<String, Integer> byNode = new HashMap<>();
        eachPod.accept((node, pod) -> {
            if (group.contains(pod, namespaces)) {
                byNode.merge(node, 1, Integer::sum);
            }
        });
        return byNode;
    }

    private static final class LruMap extends LinkedHashMap<Group, Map<String, Integer>> {

        LruMap() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Group, Map<String, Integer>> eldest) {
            return size() > MOST_GROUPS;
        }
    }
}
