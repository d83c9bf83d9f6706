package dev.orrery.schema;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms in which an object may be sent. */
public enum BodyFormat {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    BodyFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /**
     * By the Content-Type header, whatever its parameters; null for what nobody reads here. No
     * header means JSON, as in Kubernetes.
     */
    public static @Nullable BodyFormat of(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return JSON;
        }
        int end = contentType.indexOf(';');
        String plain = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return switch (plain.toLowerCase(Locale.ROOT)) {
            case "application/json" -> JSON;
            case "application/yaml" -> YAML;
            case "application/vnd.kubernetes.protobuf" -> PROTOBUF;
            default -> null;
        };
    }
}
