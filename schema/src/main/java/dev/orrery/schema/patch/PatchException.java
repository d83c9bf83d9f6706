package dev.orrery.schema.patch;

/**
 * A patch that cannot be read or applied, in Kubernetes' words. Becomes a Status with the code and
 * reason of its {@link Kind}.
 */
public final class PatchException extends Exception {

    /** What an API server answers. */
    public enum Kind {
        BAD_REQUEST(400, "BadRequest"),
        TOO_LARGE(413, "RequestEntityTooLarge"),
        INVALID(422, "Invalid"),
        /** Where Kubernetes has no better answer either. */
        UNKNOWN(500, "");

        private final int code;
        private final String reason;

        Kind(int code, String reason) {
            this.code = code;
            this.reason = reason;
        }

        public int code() {
            return code;
        }

        public String reason() {
            return reason;
        }
    }

    private final Kind kind;
    private final String detail;

    private PatchException(Kind kind, String message, String detail) {
        super(message);
        this.kind = kind;
        this.detail = detail;
    }

    static PatchException badRequest(String message) {
        return new PatchException(Kind.BAD_REQUEST, message, message);
    }

    static PatchException tooLarge(String message) {
        return new PatchException(Kind.TOO_LARGE, message, message);
    }

    /** Kubernetes does not tell the client what is wrong. */
    static PatchException invalid(String detail) {
        return new PatchException(
                Kind.INVALID,
                "the server rejected our request due to an error in our request",
                detail);
    }

    static PatchException unknown(String message) {
        return new PatchException(Kind.UNKNOWN, message, message);
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong, also where the message for the client does not say it. */
    public String detail() {
        return detail;
    }
}
