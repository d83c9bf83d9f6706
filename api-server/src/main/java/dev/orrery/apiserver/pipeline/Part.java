package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.rules.FieldErrors;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of an object an update may change: all but the status, or one sub-resource. */
enum Part {
    /** The object itself; the status stays where it has a path of its own. */
    OBJECT {
        @Override
        void confine(ObjectNode object, ObjectNode old) {}

        @Override
        void prepare(Kind kind, ObjectNode object, ObjectNode old) {
            if (kind.hasSubresource("status")) {
                Draft.copy("status", object, old);
            }
            kind.rules().prepareForUpdate(object, old);
        }

        @Override
        void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors) {
            kind.rules().validate(object, errors);
            kind.rules().validateUpdate(object, old, errors);
        }
    },
    /** The status, and metadata as far as Kubernetes lets it through. */
    STATUS {
        @Override
        void confine(ObjectNode object, ObjectNode old) {
            for (String field : List.copyOf(fieldNames(object, old))) {
                if (!field.equals("status") && !field.equals("metadata")) {
                    Draft.copy(field, object, old);
                }
            }
        }

        @Override
        void prepare(Kind kind, ObjectNode object, ObjectNode old) {
            kind.rules().prepareForStatusUpdate(object, old);
        }

        @Override
        void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors) {
            kind.rules().validateStatusUpdate(object, old, errors);
        }
    };

    /** Takes back what this part may not change. */
    abstract void confine(ObjectNode object, ObjectNode old);

    abstract void prepare(Kind kind, ObjectNode object, ObjectNode old);

    abstract void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors);

    boolean changesGeneration() {
        return this == OBJECT;
    }

    private static Set<String> fieldNames(ObjectNode object, ObjectNode old) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        old.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
