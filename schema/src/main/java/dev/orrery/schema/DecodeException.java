package dev.orrery.schema;

/**
 * A body that is not an object of the expected type, in Kubernetes' words. Becomes a 400 {@code
 * BadRequest}.
 */
public final class DecodeException extends Exception {

    private final String apiVersion;
    private final String kind;

    DecodeException(String message, String apiVersion, String kind) {
        super(message);
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    /** A body of which not even apiVersion and kind can be told. */
    static DecodeException unrecognized(String message) {
        return new DecodeException(message, "", "");
    }

    /** As the body says it; empty where it could not be read, or is not there. */
    public String apiVersion() {
        return apiVersion;
    }

    /** As the body says it; empty where it could not be read, or is not there. */
    public String kind() {
        return kind;
    }
}
