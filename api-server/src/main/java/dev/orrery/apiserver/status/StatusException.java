package dev.orrery.apiserver.status;

import java.util.List;

/**
 * A refusal that the client is told as a {@code Status}. Made by {@link Refusals}; cheap, as it
 * carries no stack trace.
 */
public final class StatusException extends RuntimeException {

    private final int code;
    private final String reason;
    private final Details details;

    public StatusException(int code, String reason, String message, Details details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public int code() {
        return code;
    }

    /** Kubernetes' machine-readable reason; may be empty. */
    public String reason() {
        return reason;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public Details details() {
        return details;
    }

    public StatusException withContinue(String token) {
        return new StatusException(code, reason, message(), details.withContinue(token));
    }

    public StatusException withRetryAfter(int seconds) {
        return new StatusException(code, reason, message(), details.withRetryAfter(seconds));
    }

    /**
     * What it is about; empty strings, an empty list and 0 are left out.
     *
     * @param kind by Kubernetes' habit the resource where a lookup failed, the kind where
     *     validation did
     * @param continueToken of a list that expired; goes into the Status' own metadata
     */
    public record Details(
            String name,
            String group,
            String kind,
            String uid,
            List<Cause> causes,
            int retryAfterSeconds,
            String continueToken) {

        public static final Details NONE = new Details("", "", "", "", List.of(), 0, "");

        public Details {
            causes = List.copyOf(causes);
        }

        public static Details of(String group, String kind, String name) {
            return new Details(name, group, kind, "", List.of(), 0, "");
        }

        public Details withCauses(List<Cause> newCauses) {
            return new Details(name, group, kind, uid, newCauses, retryAfterSeconds, continueToken);
        }

        Details withRetryAfter(int seconds) {
            return new Details(name, group, kind, uid, causes, seconds, continueToken);
        }

        Details withContinue(String token) {
            return new Details(name, group, kind, uid, causes, retryAfterSeconds, token);
        }
    }

    /** One of the reasons, each possibly about a field. */
    public record Cause(String reason, String message, String field) {}
}
