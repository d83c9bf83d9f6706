package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.ownership.Claimant;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.schema.Field;
import dev.orrery.schema.apply.FieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parts of objects that are updated like objects. */
final class Parts {

    private static final String STATUS = "status";
    private static final String SPEC = "spec";

    /** What of metadata Kubernetes does not let through with a status, by resource. */
    private static final Map<String, String> WITHHELD =
            Map.of("deployments", "labels", "pods", "ownerReferences");

    private Parts() {}

    static Part of(String subresource) {
        return switch (subresource) {
            case "" -> new Whole();
            case STATUS, "approval" -> new Status();
            case "finalize" -> new Inside(subresource, SPEC, List.of("finalizers"));
            case "ephemeralcontainers" ->
                    new Inside(subresource, SPEC, List.of("ephemeralContainers"));
            case "resize" -> new Resize();
            default -> throw new IllegalArgumentException("no such part: " + subresource);
        };
    }

    /** The object itself; the status stays where it has a path of its own. */
    private record Whole() implements Part {

        @Override
        public FieldSet ignored(Kind kind) {
            return kind.hasSubresource(STATUS) ? Claimant.STATUS : FieldSet.EMPTY;
        }

        @Override
        public void prepare(Kind kind, ObjectNode object, ObjectNode old) {
            if (kind.hasSubresource(STATUS)) {
                Draft.copy(STATUS, object, old);
            }
            kind.rules().prepareForUpdate(object, old);
        }

        @Override
        public void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors) {
            kind.rules().validate(object, errors);
            kind.rules().validateUpdate(object, old, errors);
        }
    }

    /** The status, and metadata as far as Kubernetes lets it through. */
    private record Status() implements Part {

        @Override
        public FieldSet ignored(Kind kind) {
            if (kind.custom() != null) {
                return allBut(kind, STATUS);
            }
            FieldSet others = allBut(kind, STATUS, "metadata");
            String withheld = WITHHELD.get(kind.plural());
            return withheld == null
                    ? others
                    : others.union(FieldSet.ofFields("metadata." + withheld));
        }

        @Override
        public void confine(ObjectNode object, ObjectNode old) {
            for (String field : fieldNames(object, old)) {
                if (!field.equals(STATUS) && !field.equals("metadata")) {
                    Draft.copy(field, object, old);
                }
            }
        }

        @Override
        public void prepare(Kind kind, ObjectNode object, ObjectNode old) {
            if (kind.custom() != null) {
                keepMetadata(object, old);
            } else if (WITHHELD.containsKey(kind.plural())) {
                Draft.copy(
                        WITHHELD.get(kind.plural()),
                        object.withObjectProperty("metadata"),
                        old.withObjectProperty("metadata"));
            }
            kind.rules().prepareForStatusUpdate(object, old);
        }

        /** Of custom resources the status alone comes through, and who owns it. */
        private static void keepMetadata(ObjectNode object, ObjectNode old) {
            JsonNode owners = object.path("metadata").get("managedFields");
            ObjectNode metadata = old.path("metadata").deepCopy();
            if (owners == null) {
                metadata.remove("managedFields");
            } else {
                metadata.set("managedFields", owners);
            }
            object.set("metadata", metadata);
        }

        @Override
        public void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors) {
            kind.rules().validateStatusUpdate(object, old, errors);
        }

        @Override
        public boolean changesGeneration() {
            return false;
        }
    }

    /** Some fields of a field. */
    private record Inside(String name, String parent, List<String> fields) implements Part {

        @Override
        public FieldSet ignored(Kind kind) {
            return allBut(kind, parent);
        }

        @Override
        public void confine(ObjectNode object, ObjectNode old) {
            ObjectNode wanted = object.withObjectProperty(parent).deepCopy();
            restore(object, old);
            fields.forEach(field -> Draft.copy(field, object.withObjectProperty(parent), wanted));
        }

        @Override
        public void prepare(Kind kind, ObjectNode object, ObjectNode old) {}

        @Override
        public void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors) {
            kind.rules().validate(object, errors);
            kind.rules().validatePartUpdate(name, object, old, errors);
        }
    }

    /** The resources of a pod's containers, which the kubelet changes while they run. */
    private record Resize() implements Part {

        @Override
        public FieldSet ignored(Kind kind) {
            return allBut(kind, SPEC);
        }

        @Override
        public void confine(ObjectNode object, ObjectNode old) {
            List<JsonNode> wanted = new ArrayList<>();
            for (String list : List.of("containers", "initContainers")) {
                object.path(SPEC).path(list).forEach(wanted::add);
            }
            restore(object, old);
            for (String list : List.of("containers", "initContainers")) {
                for (JsonNode container : object.path(SPEC).path(list)) {
                    resize((ObjectNode) container, wanted);
                }
            }
        }

        private static void resize(ObjectNode container, List<JsonNode> wanted) {
            for (JsonNode other : wanted) {
                if (other.path("name").equals(container.path("name"))) {
                    Draft.copy("resources", container, (ObjectNode) other);
                    Draft.copy("resizePolicy", container, (ObjectNode) other);
                }
            }
        }

        @Override
        public void prepare(Kind kind, ObjectNode object, ObjectNode old) {}

        @Override
        public void validate(Kind kind, ObjectNode object, ObjectNode old, FieldErrors errors) {
            kind.rules().validate(object, errors);
            kind.rules().validatePartUpdate("resize", object, old, errors);
        }
    }

    /** Back to what it was, but for the resourceVersion that the client named. */
    private static void restore(ObjectNode object, ObjectNode old) {
        object.removeAll();
        object.setAll(old.deepCopy());
    }

    private static FieldSet allBut(Kind kind, String... kept) {
        return FieldSet.ofFields(
                kind.type().fields().stream()
                        .map(Field::name)
                        .filter(name -> !List.of(kept).contains(name))
                        .toArray(String[]::new));
    }

    private static Set<String> fieldNames(ObjectNode object, ObjectNode old) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        old.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
