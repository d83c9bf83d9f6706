package dev.orrery.apiserver.selector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.kind.Conversion;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.Parameters;
import dev.orrery.apiserver.selector.FieldSelector.Term;
import dev.orrery.apiserver.store.Stored;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a list, a watch or a deletecollection is about. Reads no more of an object than
 * it must: nothing where only its name counts.
 *
 * @param conversion into the version whose fields are named, where that matters
 */
public record Selection(LabelSelector labels, FieldSelector fields, Conversion conversion) {

    public static final Selection EVERYTHING =
            new Selection(LabelSelector.EVERYTHING, FieldSelector.EVERYTHING, Conversion.NONE);

    public static Selection of(Parameters parameters, Kind kind) {
        return new Selection(
                LabelSelector.parse(parameters.text("labelSelector")),
                FieldSelector.parse(parameters.text("fieldSelector"), kind),
                kind.custom() == null ? Conversion.NONE : kind.conversion());
    }

    /** The same, for one name only. */
    public Selection named(String name) {
        return new Selection(
                labels,
                new FieldSelector(
                        Stream.concat(
                                        fields.terms().stream(),
                                        Stream.of(new Term(SelectableFields.NAME, true, name)))
                                .toList()),
                conversion);
    }

    public boolean isEverything() {
        return labels.isEverything() && fields.isEverything();
    }

    public boolean matches(Stored object) {
        return matchesFields(object)
                && (labels.isEverything() || labels.matches(LabelScan.labels(object.value())));
    }

    private boolean matchesFields(Stored object) {
        boolean matches = true;
        boolean needsTree = false;
        for (Term term : fields.terms()) {
            String known = known(object, term.field());
            needsTree |= known == null;
            matches &= known == null || term.matches(known);
        }
        return matches && (!needsTree || matchesTree(shown(object)));
    }

    private ObjectNode shown(Stored object) {
        ObjectNode tree = Trees.read(object.value());
        conversion.fromStorage(tree);
        return tree;
    }

    private boolean matchesTree(JsonNode object) {
        for (Term term : fields.terms()) {
            boolean inTree = !term.field().startsWith("metadata.");
            if (inTree && !term.matches(SelectableFields.value(object, term.field()))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String known(Stored object, String field) {
        return switch (field) {
            case SelectableFields.NAME -> object.key().name();
            case SelectableFields.NAMESPACE -> object.key().namespace();
            default -> null;
        };
    }
}
