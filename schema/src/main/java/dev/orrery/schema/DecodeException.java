package dev.orrery.schema;

/**
 * A body that is not an object of the expected type, in Kubernetes' words. Becomes a 400 {@code
 * BadRequest}.
 */
public final class DecodeException extends Exception {

    private final String apiVersion;
    private final String kind;

    private final boolean recognized;

    DecodeException(String message, String apiVersion, String kind) {
        this(message, apiVersion, kind, true);
    }

    private DecodeException(String message, String apiVersion, String kind, boolean recognized) {
        super(message);
        this.recognized = recognized;
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    /** A body of which not even apiVersion and kind can be told. */
    static DecodeException unrecognized(String message) {
        return new DecodeException(message, "", "", false);
    }

    /** False where not even apiVersion and kind can be told: the body is no JSON object at all. */
    public boolean recognized() {
        return recognized;
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
