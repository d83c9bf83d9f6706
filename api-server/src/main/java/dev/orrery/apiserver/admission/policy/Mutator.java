package dev.orrery.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.admission.matching.Evaluation;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.cel.Bindings;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.cel.Json;
import dev.orrery.apiserver.cel.MadeObject;
import dev.orrery.apiserver.cel.Outcome;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import dev.orrery.schema.apply.Merger;
import dev.orrery.schema.apply.Validator;
import dev.orrery.schema.patch.PatchException;
import dev.orrery.schema.patch.PatchFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the changed object that a mutation wants. Neither checks nor defaults it. */
final class Mutator {

    private Mutator() {}

    /**
     * @param object never changed
     * @param type of the object; null where its fields are not known
     */
    static ObjectNode mutated(
            Mutation mutation,
            ObjectNode object,
            @Nullable StructType type,
            Bindings bindings,
            Budget budget)
            throws MutationFault {
        Object value =
                switch (Evaluation.of(mutation.compilation(), mutation.text(), bindings, budget)) {
                    case Outcome.Value(Object made) -> made;
                    case Outcome.Failed(String message, boolean _) ->
                            throw new MutationFault(message);
                };
        return mutation.applies() ? applied(value, object, type) : patched(value, object);
    }

    private static ObjectNode applied(Object value, ObjectNode object, @Nullable StructType type)
            throws MutationFault {
        if (!(value instanceof MadeObject made)) {
            throw new MutationFault("unsupported return type from ApplyConfiguration expression");
        }
        checkNames(made);
        ObjectNode configuration = (ObjectNode) json(made);
        configuration.set("apiVersion", object.path("apiVersion"));
        configuration.set("kind", object.path("kind"));
        if (type == null) {
            throw new MutationFault("error applying patch: the fields of the kind are not known");
        }
        String fault = Validator.fault(configuration, type);
        if (fault != null) {
            throw new MutationFault(
                    "error applying patch: failed to convert patch object to typed object: "
                            + fault);
        }
        List<String> atomics = Atomics.in(configuration, type);
        if (!atomics.isEmpty()) {
            throw new MutationFault(
                    "error applying patch: invalid ApplyConfiguration: may not mutate atomic"
                            + " arrays, maps or structs: "
                            + String.join(", ", atomics));
        }
        return Merger.merge(object, configuration, type).deepCopy();
    }

    private static void checkNames(MadeObject made) throws MutationFault {
        String fault = made.misplaced();
        if (fault != null) {
            throw new MutationFault("type mismatch: " + fault);
        }
    }

    private static JsonNode json(Object value) throws MutationFault {
        try {
            return Json.of(value);
        } catch (IllegalArgumentException e) {
            throw new MutationFault("type mismatch: " + e.getMessage());
        }
    }

    private static ObjectNode patched(Object value, ObjectNode object) throws MutationFault {
        if (!(value instanceof List<?> operations)) {
            throw new MutationFault(
                    "type mismatch: JSONPatchType.expression should evaluate to array");
        }
        ArrayNode patch = Trees.object().arrayNode();
        for (Object operation : operations) {
            if (operation instanceof MadeObject made
                    && made.get("value") instanceof MadeObject inner) {
                checkNames(inner);
            }
            patch.add(json(operation));
        }
        try {
            JsonNode patched =
                    PatchFormat.JSON
                            .read(Trees.write(patch))
                            .apply(object, Schemas.kubernetes().meta("Status"));
            if (patched instanceof ObjectNode result) {
                return result;
            }
            throw new MutationFault("JSON Patch: the result is not an object");
        } catch (PatchException e) {
            if (e.detail().startsWith("testing value")) {
                return object;
            }
            throw new MutationFault("JSON Patch: " + e.detail());
        }
    }
}
