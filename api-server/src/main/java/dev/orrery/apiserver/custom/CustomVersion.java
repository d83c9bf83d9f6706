package dev.orrery.apiserver.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.body.Bodies;
import dev.orrery.apiserver.definition.Definition;
import dev.orrery.apiserver.hook.HookConversion;
import dev.orrery.apiserver.kind.Custom;
import dev.orrery.apiserver.kind.ReplicasPaths;
import dev.orrery.apiserver.structural.RuleTree;
import dev.orrery.apiserver.structural.Shapes;
import dev.orrery.apiserver.structural.Structural;
import dev.orrery.schema.StructType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One version of a kind that a user describes. Two that ask at once may make the same twice. */
public final class CustomVersion implements Custom {

    private final Definition definition;
    private final JsonNode version;
    private final Bodies bodies = new CustomBodies(this);
    private volatile @Nullable Structural schema;
    private volatile @Nullable StructType type;
    private volatile @Nullable Rules rules;
    private volatile @Nullable HookConversion hook;

    /** What was found: there may be none. */
    private record Rules(@Nullable RuleTree tree) {}

    CustomVersion(Definition definition, JsonNode version) {
        this.definition = definition;
        this.version = version;
    }

    /** How the objects are made. */
    public Structural schema() {
        Structural known = schema;
        if (known == null) {
            known = Structural.of(version.path("schema").path("openAPIV3Schema"));
            schema = known;
        }
        return known;
    }

    /** Null where the schema has no rules. */
    @Nullable RuleTree rules() {
        Rules known = rules;
        if (known == null) {
            known = new Rules(RuleTree.of(schema()));
            rules = known;
        }
        return known.tree;
    }

    @Override
    public StructType type() {
        StructType known = type;
        if (known == null) {
            known = Shapes.of(schema(), apiVersion() + "." + kind());
            type = known;
        }
        return known;
    }

    String group() {
        return definition.group();
    }

    String kind() {
        return definition.spec().path("names").path("kind").asText();
    }

    String apiVersion() {
        return apiVersion(version);
    }

    private String apiVersion(JsonNode some) {
        return definition.group() + "/" + some.path("name").asText();
    }

    @Override
    public String storedApiVersion() {
        return definition.group() + "/" + definition.storageVersion();
    }

    @Override
    public @Nullable HookConversion hook() {
        boolean asks = definition.spec().at("/conversion/strategy").asText("").equals("Webhook");
        if (asks && hook == null) {
            hook = HookConversion.of(definition.object());
        }
        return hook;
    }

    @Override
    public Bodies bodies() {
        return bodies;
    }

    @Override
    public boolean isTerminating() {
        return definition.isDeleting();
    }

    @Override
    public Set<String> selectableFields() {
        Set<String> fields = new HashSet<>();
        for (JsonNode field : version.path("selectableFields")) {
            fields.add(String.join(".", ReplicasPaths.split(field.path("jsonPath").asText())));
        }
        return fields;
    }

    @Override
    public @Nullable ReplicasPaths scale() {
        JsonNode scale = version.path("subresources").path("scale");
        return scale.isObject()
                ? new ReplicasPaths(
                        path(scale, "specReplicasPath"),
                        path(scale, "statusReplicasPath"),
                        path(scale, "labelSelectorPath"))
                : null;
    }

    private static List<String> path(JsonNode scale, String field) {
        return ReplicasPaths.split(scale.path(field).asText(""));
    }

    @Override
    public List<String> warnings() {
        if (!version.path("deprecated").asBoolean()) {
            return List.of();
        }
        JsonNode own = version.path("deprecationWarning");
        return List.of(own.isTextual() ? own.textValue() : deprecation());
    }

    private String deprecation() {
        String name = version.path("name").asText();
        List<String> better = new ArrayList<>();
        for (JsonNode other : definition.versions()) {
            boolean usable =
                    other.path("served").asBoolean() && !other.path("deprecated").asBoolean();
            String otherName = other.path("name").asText();
            if (usable && VersionOrder.PREFERRED_FIRST.compare(otherName, name) < 0) {
                better.add(otherName);
            }
        }
        String text = apiVersion() + " " + kind() + " is deprecated";
        if (better.isEmpty()) {
            return text;
        }
        better.sort(VersionOrder.PREFERRED_FIRST);
        return text + "; use " + group() + "/" + better.getFirst() + " " + kind();
    }

    /** The schema as it was written. */
    public JsonNode source() {
        return version.path("schema").path("openAPIV3Schema");
    }
}
