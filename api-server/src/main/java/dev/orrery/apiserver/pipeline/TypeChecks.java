package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.cel.Compilation;
import dev.orrery.apiserver.cel.DeclaredType;
import dev.orrery.apiserver.cel.SchemaTypes;
import dev.orrery.apiserver.cel.admission.PolicyEnvironment;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.kind.Kinds;
import dev.orrery.apiserver.metadata.Metadata;
import dev.orrery.schema.Schemas;
import dev.orrery.schema.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells in a ValidatingAdmissionPolicy's status what its expressions get wrong about the kinds that
 * it names. In Kubernetes a controller does it afterwards; here the status is there from the start.
 * It changes nothing about what the policy does.
 */
final class TypeChecks {

    /** As many kinds as Kubernetes looks at. */
    private static final int MAX_KINDS = 10;

    private TypeChecks() {}

    /** A kind with the type of its objects. */
    private record Typed(Kind kind, DeclaredType type) {}

    /** Changes the policy's status. */
    static void report(ObjectNode policy, Kinds kinds) {
        ObjectNode status = policy.withObjectProperty("status");
        status.put("observedGeneration", Metadata.of(policy).generation());
        ArrayNode warnings = policy.arrayNode();
        List<Typed> subjects = subjects(policy, kinds);
        JsonNode validations = policy.path("spec").path("validations");
        for (int i = 0; i < validations.size(); i++) {
            for (String field : new String[] {"expression", "messageExpression"}) {
                String text = validations.get(i).path(field).asText("");
                String warning = text.isEmpty() ? "" : warning(policy, kinds, subjects, text);
                if (!warning.isEmpty()) {
                    warnings.addObject()
                            .put("fieldRef", "spec.validations[" + i + "]." + field)
                            .put("warning", warning);
                }
            }
        }
        ObjectNode checking = status.putObject("typeChecking");
        if (!warnings.isEmpty()) {
            checking.set("expressionWarnings", warnings);
        }
    }

    private static String warning(
            ObjectNode policy, Kinds kinds, List<Typed> subjects, String text) {
        List<String> faults = new ArrayList<>();
        for (Typed subject : subjects) {
            PolicyEnvironment environment =
                    PolicyEnvironment.typed(subject.type(), params(policy, kinds));
            for (JsonNode variable : policy.path("spec").path("variables")) {
                environment.addVariable(
                        variable.path("name").asText(), variable.path("expression").asText());
            }
            if (environment.any(text) instanceof Compilation.Failed(String message)) {
                Kind kind = subject.kind();
                String version = kind.group().isEmpty() ? "/" + kind.version() : kind.apiVersion();
                faults.add(
                        version
                                + ", Kind="
                                + kind.kind()
                                + ": "
                                + message.replaceFirst("^compilation failed: ", "")
                                + "\n");
            }
        }
        return String.join("\n", faults);
    }

    /** Null where the policy has none; anything where their type is not known. */
    private static @Nullable DeclaredType params(ObjectNode policy, Kinds kinds) {
        JsonNode paramKind = policy.path("spec").path("paramKind");
        if (!paramKind.isObject()) {
            return null;
        }
        String apiVersion = paramKind.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        Kind kind =
                kinds.named(
                        slash < 0 ? "" : apiVersion.substring(0, slash),
                        apiVersion.substring(slash + 1),
                        paramKind.path("kind").asText());
        DeclaredType type = kind == null ? null : type(kind);
        return type == null ? DeclaredType.DYN : type;
    }

    private static @Nullable DeclaredType type(Kind kind) {
        StructType type = Schemas.kubernetes().kind(kind.group(), kind.version(), kind.kind());
        return type == null ? null : SchemaTypes.of(type);
    }

    /** Those that the rules name without a wildcard. */
    private static List<Typed> subjects(ObjectNode policy, Kinds kinds) {
        List<Typed> subjects = new ArrayList<>();
        JsonNode rules = policy.path("spec").path("matchConstraints").path("resourceRules");
        for (JsonNode rule : rules) {
            for (JsonNode group : rule.path("apiGroups")) {
                for (JsonNode version : rule.path("apiVersions")) {
                    for (JsonNode resource : rule.path("resources")) {
                        Kind kind = kinds.at(group.asText(), version.asText(), resource.asText());
                        DeclaredType type = kind == null ? null : type(kind);
                        if (kind != null && type != null && subjects.size() < MAX_KINDS) {
                            subjects.add(new Typed(kind, type));
                        }
                    }
                }
            }
        }
        subjects.sort(Comparator.comparing(subject -> subject.kind().toString()));
        return subjects;
    }
}
