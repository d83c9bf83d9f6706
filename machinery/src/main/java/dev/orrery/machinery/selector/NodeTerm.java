package dev.orrery.machinery.selector;

import dev.orrery.machinery.selector.Requirement.Operator;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One term of a node selector: all of it must hold; a term without conditions holds nowhere. */
public record NodeTerm(List<Requirement> labels, List<Requirement> fields) {

    private static final String NAME = "metadata.name";

    public NodeTerm {
        labels = List.copyOf(labels);
        fields = List.copyOf(fields);
    }

    public static NodeTerm of(NodeSelectorTerm term) {
        return new NodeTerm(
                requirements(term.getMatchExpressions()), requirements(term.getMatchFields()));
    }

    /** Terms are alternatives: one must hold. */
    public static List<NodeTerm> of(List<NodeSelectorTerm> terms) {
        return terms.stream().map(NodeTerm::of).toList();
    }

    public boolean matches(String nodeName, Map<String, String> nodeLabels) {
        if (labels.isEmpty() && fields.isEmpty()) {
            return false;
        }
        for (Requirement requirement : fields) {
            if (!requirement.matchesValue(NAME.equals(requirement.key()) ? nodeName : null)) {
                return false;
            }
        }
        for (Requirement requirement : labels) {
            if (!requirement.matches(nodeLabels)) {
                return false;
            }
        }
        return true;
    }

    /** The only nodes, by name, on which the term can hold; null if it names none. */
    public @Nullable Set<String> nodeNames() {
        Set<String> names = null;
        for (Requirement requirement : fields) {
            if (requirement.operator() == Operator.IN && NAME.equals(requirement.key())) {
                Set<String> own = new TreeSet<>(requirement.values());
                if (names != null) {
                    own.retainAll(names);
                }
                names = own;
            }
        }
        return names;
    }

    private static List<Requirement> requirements(List<NodeSelectorRequirement> expressions) {
        return expressions.stream()
                .map(each ->
                        new Requirement(
                                each.getKey(),
                                Operator.parse(each.getOperator()),
                                Set.copyOf(each.getValues())))
                .toList();
    }
}
