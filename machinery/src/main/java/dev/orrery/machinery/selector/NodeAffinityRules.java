package dev.orrery.machinery.selector;

import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * On which nodes a pod may and would like to run: {@code nodeSelector} and {@code nodeAffinity}.
 *
 * @param required alternatives of which one must hold; null if all nodes will do
 */
public record NodeAffinityRules(
        Selector nodeSelector, @Nullable List<NodeTerm> required, List<Preferred> preferred) {

    /** A term that adds its weight to the score of the nodes on which it holds. */
    public record Preferred(int weight, NodeTerm term) {}

    public static NodeAffinityRules of(PodSpec spec) {
        NodeAffinity affinity =
                spec.getAffinity() == null ? null : spec.getAffinity().getNodeAffinity();
        return new NodeAffinityRules(
                spec.getNodeSelector() == null
                        ? Selector.EVERYTHING
                        : Selector.ofLabels(spec.getNodeSelector()),
                affinity == null ? null : required(affinity),
                affinity == null ? List.of() : preferred(affinity));
    }

    public boolean allows(String nodeName, Map<String, String> nodeLabels) {
        return nodeSelector.matches(nodeLabels)
                && (required == null || holdsAny(required, nodeName, nodeLabels));
    }

    public boolean isUnconditional() {
        return required == null && nodeSelector.requirements().isEmpty();
    }

    public long preference(String nodeName, Map<String, String> nodeLabels) {
        long score = 0;
        for (Preferred each : preferred) {
            if (each.weight() != 0 && each.term().matches(nodeName, nodeLabels)) {
                score += each.weight();
            }
        }
        return score;
    }

    /** The only nodes, by name, that can be allowed; null if the rules do not go by name. */
    public @Nullable Set<String> nodeNames() {
        if (required == null || required.isEmpty()) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        for (NodeTerm term : required) {
            Set<String> own = term.nodeNames();
            if (own == null) {
                return null;
            }
            names.addAll(own);
        }
        return names;
    }

    public static boolean holdsAny(
            List<NodeTerm> terms, String nodeName, Map<String, String> nodeLabels) {
        for (NodeTerm term : terms) {
            if (term.matches(nodeName, nodeLabels)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable List<NodeTerm> required(NodeAffinity affinity) {
        var selector = affinity.getRequiredDuringSchedulingIgnoredDuringExecution();
        return selector == null ? null : NodeTerm.of(selector.getNodeSelectorTerms());
    }

    private static List<Preferred> preferred(NodeAffinity affinity) {
        return affinity.getPreferredDuringSchedulingIgnoredDuringExecution().stream()
                .map(each -> new Preferred(each.getWeight(), NodeTerm.of(each.getPreference())))
                .toList();
    }
}
