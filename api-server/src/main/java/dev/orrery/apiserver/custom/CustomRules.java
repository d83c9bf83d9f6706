package dev.orrery.apiserver.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.kind.ReplicasPaths;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Rules;
import dev.orrery.apiserver.structural.Defaulting;
import dev.orrery.apiserver.structural.EmbeddedCheck;
import dev.orrery.apiserver.structural.ListCheck;
import dev.orrery.apiserver.structural.RuleTree;
import dev.orrery.apiserver.structural.SchemaCheck;
import dev.orrery.apiserver.structural.Structural;
import java.util.List;

/** The rules of a kind are those that its schema says. */
final class CustomRules implements Rules {

    private static final JsonNode NEW = MissingNode.getInstance();

    private final CustomVersion version;

    CustomRules(CustomVersion version) {
        this.version = version;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaulting.fillIn(object, version.schema());
    }

    @Override
    public void validateCreate(ObjectNode object, FieldErrors errors) {
        Structural schema = version.schema();
        SchemaCheck.check(object, NEW, schema, "", errors);
        checkScale(object, errors, true);
        EmbeddedCheck.check(object, schema, errors);
        ListCheck.check(object, schema, errors);
        checkRules(object, NEW, errors);
    }

    private void checkRules(ObjectNode object, JsonNode old, FieldErrors errors) {
        RuleTree rules = version.rules();
        if (rules != null) {
            rules.check(object, old, errors);
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Structural schema = version.schema();
        SchemaCheck.check(object, old, schema, "", errors);
        checkScale(object, errors, true);
        EmbeddedCheck.check(object, schema, errors);
        checkLists(object, old, errors);
        checkRules(object, old, errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Structural status = version.schema().properties().get("status");
        if (status != null && object.has("status")) {
            SchemaCheck.check(object.path("status"), old.path("status"), status, "status", errors);
        }
        checkScale(object, errors, false);
        checkLists(object, old, errors);
        checkRules(object, old, errors);
    }

    /** What was already wrong with the lists may stay so. */
    private void checkLists(ObjectNode object, ObjectNode old, FieldErrors errors) {
        FieldErrors before = new FieldErrors();
        ListCheck.check(old, version.schema(), before);
        if (before.isEmpty()) {
            ListCheck.check(object, version.schema(), errors);
        }
    }

    private void checkScale(ObjectNode object, FieldErrors errors, boolean spec) {
        ReplicasPaths paths = version.scale();
        if (paths == null) {
            return;
        }
        if (spec) {
            checkNumber(object, paths.spec(), errors);
        }
        checkNumber(object, paths.status(), errors);
        JsonNode selector = at(object, paths.selector());
        if (!paths.selector().isEmpty() && !selector.isMissingNode() && !selector.isTextual()) {
            errors.invalid(
                    place(paths.selector()), "", wrong(paths.selector(), selector, "string"));
        }
    }

    private static void checkNumber(ObjectNode object, List<String> path, FieldErrors errors) {
        JsonNode number = at(object, path);
        if (number.isMissingNode()) {
            return;
        }
        if (!number.isIntegralNumber()) {
            errors.invalid(place(path), 0, wrong(path, number, "int64"));
        } else if (number.longValue() < 0) {
            errors.invalid(place(path), number, "should be a non-negative integer");
        } else if (number.longValue() > Integer.MAX_VALUE) {
            errors.invalid(
                    place(path), number, "should be less than or equal to " + Integer.MAX_VALUE);
        }
    }

    private static JsonNode at(JsonNode object, List<String> path) {
        JsonNode node = object;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    private static FieldPath place(List<String> path) {
        return new FieldPath("." + String.join(".", path));
    }

    private static String wrong(List<String> path, JsonNode value, String wanted) {
        String actual =
                switch (value.getNodeType()) {
                    case STRING -> "string";
                    case BOOLEAN -> "bool";
                    case NUMBER -> "float64";
                    case ARRAY -> "[]interface {}";
                    case OBJECT -> "map[string]interface {}";
                    default -> "<nil>";
                };
        return "."
                + String.join(".", path)
                + " accessor error: "
                + value.asText(value.toString())
                + " is of the type "
                + actual
                + ", expected "
                + wanted;
    }
}
