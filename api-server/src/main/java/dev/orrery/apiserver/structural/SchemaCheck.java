package dev.orrery.apiserver.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.structural.Structural.Additional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through an object along its schema: what does not fit. Of a new version of an object
 * what is as it was is not held against it. Used once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation">
 *     Validation</a>
 */
public final class SchemaCheck {

    private static final JsonNode NEW = MissingNode.getInstance();

    private SchemaCheck() {}

    /**
     * @param above where the value stands; empty for an object
     * @param old what was there before; missing for what is new
     */
    public static void check(
            JsonNode value, JsonNode old, Structural schema, String above, FieldErrors errors) {
        check("", value, old, schema).report(errors, above);
    }

    private static Findings check(String path, JsonNode value, JsonNode old, Structural schema) {
        Findings findings = new Findings();
        if (!old.isMissingNode() && old.equals(value)) {
            return findings;
        }
        checkType(path, value, schema, findings);
        if (!value.isNull()) {
            composed(path, value, old, schema.bounds(), findings);
            switch (value.getNodeType()) {
                case STRING -> Scalars.text(path, value, schema.bounds(), findings);
                case NUMBER -> Scalars.number(path, value, schema.bounds(), findings);
                case ARRAY -> items(path, value, old, schema, findings);
                case OBJECT -> members(path, value, old, schema, findings);
                default -> {}
            }
        }
        Scalars.allowed(path, value, schema.bounds(), findings);
        findings.agree(3);
        return findings;
    }

    private static void checkType(
            String path, JsonNode value, Structural schema, Findings findings) {
        String wanted = schema.typeName();
        String format = schema.bounds().format();
        if (wanted.isEmpty() && format.isEmpty()) {
            return;
        }
        String actual = typeOf(value);
        if (value.isNull()) {
            if (!wanted.isEmpty() && !schema.nullable()) {
                wrongType(path, wanted, actual, findings);
            }
            return;
        }
        boolean ofText = !wanted.contains("integer") && !wanted.contains("number");
        if (ofText && !format.isEmpty() && !value.isTextual() && !value.isArray()) {
            if (!wanted.contains(actual)) {
                wrongType(path, format, formatOf(value), findings);
                return;
            }
        } else if (!(ofText && !format.isEmpty()) && !isOf(value, actual, wanted)) {
            wrongType(path, wanted, actual, findings);
            return;
        }
        findings.agree(2);
    }

    private static boolean isOf(JsonNode value, String actual, String wanted) {
        if (wanted.isEmpty() || List.of(wanted.split(",")).contains(actual)) {
            return true;
        }
        return value.isNumber()
                && (wanted.equals("number")
                        || (wanted.contains("integer") && Scalars.isWhole(value)));
    }

    private static void wrongType(String path, String wanted, String actual, Findings findings) {
        findings.wrongType(
                path, actual, path + " in body must be of type " + wanted + ": \"" + actual + "\"");
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "null";
        };
    }

    private static String formatOf(JsonNode value) {
        if (!value.isNumber()) {
            return "";
        }
        return value.isIntegralNumber() ? "int64" : "double";
    }

    private static void composed(
            String path, JsonNode value, JsonNode old, Bounds bounds, Findings findings) {
        if (!bounds.anyOf().isEmpty()) {
            anyOf(path, value, old, bounds.anyOf(), findings);
        }
        if (!bounds.oneOf().isEmpty()) {
            oneOf(path, value, old, bounds.oneOf(), findings);
        }
        if (!bounds.allOf().isEmpty()) {
            allOf(path, value, old, bounds.allOf(), findings);
        }
        if (bounds.not() != null && check(path, value, NEW, bounds.not()).isEmpty()) {
            findings.composed("\"" + path + "\" must not validate the schema (not)");
        }
        findings.agree();
    }

    private static void anyOf(
            String path,
            JsonNode value,
            JsonNode old,
            List<Structural> schemas,
            Findings findings) {
        Findings best = null;
        for (Structural schema : schemas) {
            Findings found = check(path, value, old, schema);
            if (found.isEmpty()) {
                findings.addAll(found);
                return;
            }
            best = best == null || found.agreed() > best.agreed() ? found : best;
        }
        findings.composed("\"" + path + "\" must validate at least one schema (anyOf)");
        if (best != null) {
            findings.addAll(best);
        }
    }

    private static void oneOf(
            String path,
            JsonNode value,
            JsonNode old,
            List<Structural> schemas,
            Findings findings) {
        Findings best = null;
        Findings fits = null;
        int fitting = 0;
        for (Structural schema : schemas) {
            Findings found = check(path, value, old, schema);
            if (found.isEmpty()) {
                fitting++;
                fits = fits == null ? found : fits;
            } else if (best == null || found.agreed() > best.agreed()) {
                best = found;
            }
        }
        if (fitting == 1 && fits != null) {
            findings.addAll(fits);
            return;
        }
        String found =
                fitting == 0 ? "Found none valid" : "Found " + fitting + " valid alternatives";
        findings.composed(
                "\"" + path + "\" must validate one and only one schema (oneOf). " + found);
        if (fitting == 0 && best != null) {
            findings.addAll(best);
        }
    }

    private static void allOf(
            String path,
            JsonNode value,
            JsonNode old,
            List<Structural> schemas,
            Findings findings) {
        int fitting = 0;
        for (Structural schema : schemas) {
            Findings found = check(path, value, old, schema);
            fitting += found.isEmpty() ? 1 : 0;
            findings.addAll(found);
        }
        if (fitting < schemas.size()) {
            findings.composed(
                    "\""
                            + path
                            + "\" must validate all the schemas (allOf)"
                            + (fitting == 0 ? ". None validated" : ""));
        }
    }

    private static void items(
            String path, JsonNode array, JsonNode old, Structural schema, Findings findings) {
        if (schema.items() != null) {
            Correlated before = Correlated.of(old, schema);
            for (int i = 0; i < array.size(); i++) {
                JsonNode item = array.get(i);
                findings.addAll(check(path + "[" + i + "]", item, before.of(item), schema.items()));
            }
        }
        Bounds bounds = schema.bounds();
        if (bounds.minItems() != null && array.size() < bounds.minItems()) {
            findings.invalid(
                    path,
                    array.size(),
                    path + " in body should have at least " + bounds.minItems() + " items");
        }
        if (bounds.maxItems() != null && array.size() > bounds.maxItems()) {
            findings.tooMany(path, array.size(), bounds.maxItems());
        }
        if (bounds.uniqueItems() && hasDuplicates(array)) {
            findings.invalid(path, "", path + " in body shouldn't contain duplicates");
        }
        findings.agree();
    }

    private static boolean hasDuplicates(JsonNode array) {
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode item : array) {
            if (!seen.add(item)) {
                return true;
            }
        }
        return false;
    }

    private static void members(
            String path, JsonNode object, JsonNode old, Structural schema, Findings findings) {
        Bounds bounds = schema.bounds();
        if (bounds.minProperties() != null && object.size() < bounds.minProperties()) {
            findings.invalid(
                    path,
                    object.size(),
                    path
                            + " in body should have at least "
                            + bounds.minProperties()
                            + " properties");
        }
        if (bounds.maxProperties() != null && object.size() > bounds.maxProperties()) {
            findings.tooMany(path, object.size(), bounds.maxProperties());
        }
        others(path, object, old, schema, findings);
        for (Map.Entry<String, Structural> property : schema.properties().entrySet()) {
            String name = property.getKey();
            JsonNode value = object.get(name);
            if (value != null) {
                findings.addAll(
                        check(child(path, name), value, old.path(name), property.getValue()));
            }
        }
        for (String name : bounds.required()) {
            if (!object.has(name)) {
                findings.required(child(path, name));
            }
        }
    }

    private static void others(
            String path, JsonNode object, JsonNode old, Structural schema, Findings findings) {
        Additional additional = schema.additional();
        if (additional == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (schema.properties().containsKey(name)) {
                continue;
            }
            if (!additional.allowed()) {
                findings.invalid(
                        path, name, path + "." + name + " in body is a forbidden property");
            } else if (additional.schema() != null) {
                @Nullable Structural other = additional.schema();
                findings.addAll(check(child(path, name), field.getValue(), old.path(name), other));
            }
        }
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
