package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.cel.Budget;
import dev.orrery.apiserver.cel.DeclaredType;
import dev.orrery.apiserver.rules.FieldError;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a schema and of the schemas within it, as far as there are any. Immutable, for any
 * thread; made once for a version, as compiling takes its time.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules">
 *     Validation rules</a>
 */
public final class RuleTree {

    private static final Set<FieldError.Type> BLOCKING =
            Set.of(
                    FieldError.Type.NOT_SUPPORTED,
                    FieldError.Type.REQUIRED,
                    FieldError.Type.TOO_LONG,
                    FieldError.Type.TOO_MANY,
                    FieldError.Type.TYPE_INVALID);

    private static final JsonNode NOTHING = MissingNode.getInstance();

    private final Structural schema;
    private final List<Rule> rules;
    private final Map<String, RuleTree> properties;
    private final @Nullable RuleTree others;
    private final @Nullable RuleTree items;

    private RuleTree(Structural schema, String name, boolean root) {
        this.schema = schema;
        DeclaredType type = null;
        List<Rule> compiled = new ArrayList<>();
        for (JsonNode rule : schema.source().path("x-kubernetes-validations")) {
            type = type == null ? CelTypes.of(schema, name, root) : type;
            compiled.add(Rule.of(rule, type));
        }
        this.rules = List.copyOf(compiled);
        Map<String, RuleTree> children = new LinkedHashMap<>();
        schema.properties()
                .forEach((property, child) -> {
                    RuleTree tree = within(child, name + "." + property);
                    if (tree != null) {
                        children.put(property, tree);
                    }
                });
        this.properties = Map.copyOf(children);
        Structural other = schema.additional() == null ? null : schema.additional().schema();
        this.others = other == null ? null : within(other, name + ".@elem");
        this.items = schema.items() == null ? null : within(schema.items(), name + ".@idx");
    }

    private static @Nullable RuleTree within(Structural schema, String name) {
        return schema.source().findValue("x-kubernetes-validations") == null
                ? null
                : new RuleTree(schema, name, false);
    }

    /** Of a kind; null where its schema has no rules. */
    public static @Nullable RuleTree of(Structural schema) {
        return schema.source().findValue("x-kubernetes-validations") == null
                ? null
                : new RuleTree(schema, "selfType", true);
    }

    /** Hears of the rules that cannot be compiled. */
    @FunctionalInterface
    public interface Faults {

        /**
         * @param path of the schema, {@code properties[spec]}
         */
        void add(String path, int index, String field, String message);
    }

    /** What is wrong with the rules themselves. */
    public void faults(String path, Faults faults) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            String fault = rule.compiled().fault();
            if (fault != null) {
                faults.add(path, i, "rule", fault);
            }
            String inMessage = rule.message() == null ? null : rule.message().fault();
            if (inMessage != null) {
                faults.add(path, i, "messageExpression", inMessage);
            }
        }
        properties.forEach(
                (name, child) -> child.faults(path + ".properties[" + name + "]", faults));
        if (others != null) {
            others.faults(path + ".additionalProperties", faults);
        }
        if (items != null) {
            items.faults(path + ".items", faults);
        }
    }

    /**
     * Holds an object to the rules, unless its schema has refused it already.
     *
     * @param old missing for a new object
     */
    public void check(JsonNode object, JsonNode old, FieldErrors errors) {
        if (errors.all().stream().anyMatch(error -> BLOCKING.contains(error.type()))) {
            errors.invalid(
                    new FieldPath("<nil>"),
                    "null",
                    "some validation rules were not checked because the object was invalid; correct"
                            + " the existing errors to complete validation");
            return;
        }
        check(FieldPath.ROOT, object, old, errors, new Budget());
    }

    private void check(
            FieldPath path, JsonNode value, JsonNode old, FieldErrors errors, Budget budget) {
        if (value.isNull()) {
            return;
        }
        for (Rule rule : rules) {
            boolean about =
                    rule.usesOldSelf()
                            ? !old.isMissingNode() || rule.isOptional()
                            : !value.equals(old);
            if (about) {
                String fault = rule.fault(value, old, budget);
                if (fault != null) {
                    report(path, rule, value, fault, errors);
                }
            }
        }
        if (value.isArray() && items != null) {
            Correlated before = Correlated.of(old, schema);
            for (int i = 0; i < value.size(); i++) {
                JsonNode item = value.get(i);
                items.check(path.index(i), item, before.of(item), errors, budget);
            }
        } else if (value.isObject()) {
            members(path, value, old, errors, budget);
        }
    }

    private void members(
            FieldPath path, JsonNode value, JsonNode old, FieldErrors errors, Budget budget) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = field.getKey();
            RuleTree declared = properties.get(name);
            JsonNode before = old.isObject() ? old.path(name) : NOTHING;
            if (declared != null) {
                declared.check(path.child(name), field.getValue(), before, errors, budget);
            } else if (others != null && !schema.properties().containsKey(name)) {
                others.check(path.key(name), field.getValue(), before, errors, budget);
            }
        }
    }

    private void report(
            FieldPath path, Rule rule, JsonNode value, String fault, FieldErrors errors) {
        String more = rule.source().path("fieldPath").asText("").strip();
        FieldPath place =
                more.isEmpty()
                        ? path
                        : new FieldPath((path.text() + more).replaceFirst("^\\.", ""));
        FieldPath shown = place.text().isEmpty() ? new FieldPath("<nil>") : place;
        boolean whole = schema.type().equals("object") || schema.type().equals("array");
        switch (rule.source().path("reason").asText("")) {
            case "FieldValueForbidden" -> errors.forbidden(shown, fault);
            case "FieldValueRequired" -> errors.required(shown, fault);
            case "FieldValueDuplicate" -> errors.duplicate(shown, value, fault);
            default -> {
                if (whole) {
                    errors.invalidWithoutValue(shown, fault);
                } else {
                    errors.invalid(shown, value, fault);
                }
            }
        }
    }
}
