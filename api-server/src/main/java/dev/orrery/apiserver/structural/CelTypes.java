package dev.orrery.apiserver.structural;

import dev.orrery.apiserver.cel.DeclaredType;
import dev.orrery.apiserver.cel.DeclaredType.Member;
import dev.orrery.apiserver.structural.Structural.Additional;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What expressions know of values that have a schema. */
final class CelTypes {

    private static final Set<String> RESERVED =
            Set.of(
                    "true",
                    "false",
                    "null",
                    "in",
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "for",
                    "function",
                    "if",
                    "import",
                    "let",
                    "loop",
                    "package",
                    "namespace",
                    "return");

    private CelTypes() {}

    /**
     * @param name of the type, if it is one with fields
     * @param root whether it is that of a whole object
     */
    static DeclaredType of(Structural schema, String name, boolean root) {
        if (schema.intOrString()) {
            return DeclaredType.DYN;
        }
        return switch (schema.type()) {
            case "object" -> object(schema, name, root);
            case "array" ->
                    schema.items() == null
                            ? DeclaredType.DYN
                            : new DeclaredType.ListOf(of(schema.items(), name + ".@idx", false));
            case "string" -> text(schema.bounds().format());
            case "boolean" -> DeclaredType.BOOL;
            case "integer" -> DeclaredType.INT;
            case "number" -> DeclaredType.DOUBLE;
            default -> DeclaredType.DYN;
        };
    }

    private static DeclaredType text(String format) {
        return switch (format) {
            case "byte" -> DeclaredType.BYTES;
            case "duration" -> DeclaredType.DURATION;
            case "date", "date-time" -> DeclaredType.TIMESTAMP;
            default -> DeclaredType.STRING;
        };
    }

    private static DeclaredType object(Structural schema, String name, boolean root) {
        boolean resource = root || schema.embedded();
        Additional additional = schema.additional();
        if (additional != null && additional.schema() != null) {
            return new DeclaredType.MapOf(of(additional.schema(), name + ".@elem", false));
        }
        if (schema.properties().isEmpty() && !resource) {
            return DeclaredType.DYN;
        }
        Map<String, Member> members = new LinkedHashMap<>();
        schema.properties()
                .forEach((property, child) ->
                        members.put(
                                escaped(property),
                                new Member(property, of(child, name + "." + property, false))));
        if (resource) {
            members.put("apiVersion", new Member("apiVersion", DeclaredType.STRING));
            members.put("kind", new Member("kind", DeclaredType.STRING));
            members.put("metadata", new Member("metadata", metadata(name)));
        }
        return DeclaredType.Struct.of(name, members);
    }

    private static DeclaredType metadata(String name) {
        return DeclaredType.Struct.of(
                name + ".metadata",
                Map.of(
                        "name", new Member("name", DeclaredType.STRING),
                        "generateName", new Member("generateName", DeclaredType.STRING)));
    }

    /** {@code __dot__} and the like stand for what no name in an expression may have. */
    private static String escaped(String property) {
        if (RESERVED.contains(property)) {
            return "__" + property + "__";
        }
        return property.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }
}
