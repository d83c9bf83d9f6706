package dev.orrery.apiserver.request;

import dev.orrery.apiserver.status.Refusals;
import dev.orrery.apiserver.status.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is to look.
 *
 * @param version of the Table or the partial metadata: {@code v1}, {@code v1beta1}
 */
public record Form(Shape shape, String version, Syntax syntax) {

    public static final Form JSON = new Form(Shape.OBJECT, "v1", Syntax.JSON);

    private static final String NOT_ACCEPTABLE =
            "only the following media types are accepted: application/json, application/yaml,"
                    + " application/vnd.kubernetes.protobuf";

    /** What of the object is shown. */
    public enum Shape {
        OBJECT,
        TABLE,
        METADATA,
        METADATA_LIST
    }

    /** How it is written. */
    public enum Syntax {
        JSON("application/json"),
        YAML("application/yaml");

        private final String mediaType;

        Syntax(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /**
     * The first form that the client takes and that can be given.
     *
     * @param accept the header; empty for anything
     */
    public static Form of(String accept) {
        if (accept.isEmpty() || accept.equals("application/json") || accept.equals("*/*")) {
            return JSON;
        }
        for (MediaRange range : MediaRange.parse(accept)) {
            Form form = of(range);
            if (form != null) {
                return form;
            }
        }
        throw refusal();
    }

    private static @Nullable Form of(MediaRange range) {
        Syntax syntax =
                switch (range.type()) {
                    case "application/json", "*/*", "application/*" -> Syntax.JSON;
                    case "application/yaml" -> Syntax.YAML;
                    default -> null;
                };
        if (syntax == null) {
            return null;
        }
        String version = range.parameters().getOrDefault("v", "v1");
        return switch (range.parameters().getOrDefault("as", "")) {
            case "" -> new Form(Shape.OBJECT, "v1", syntax);
            case "Table" -> shaped(Shape.TABLE, version, syntax);
            case "PartialObjectMetadata" -> shaped(Shape.METADATA, version, syntax);
            case "PartialObjectMetadataList" -> shaped(Shape.METADATA_LIST, version, syntax);
            default -> null;
        };
    }

    private static @Nullable Form shaped(Shape shape, String version, Syntax syntax) {
        boolean known = version.equals("v1") || version.equals("v1beta1");
        return known ? new Form(shape, version, syntax) : null;
    }

    /** The same without a shape, for what has only one. */
    public Form plain() {
        return new Form(Shape.OBJECT, "v1", syntax);
    }

    /** For who asked for a shape that what is asked for does not have. */
    public static StatusException refusal() {
        return Refusals.notAcceptable(NOT_ACCEPTABLE);
    }
}
