package dev.orrery.machinery.store;

import io.fabric8.kubernetes.api.model.Status;

/** The api-server refused a request. Callers that expect a refusal ask for its reason. */
public final class ApiException extends RuntimeException {

    private final Status status;

    public ApiException(Status status) {
        super(status.getMessage());
        this.status = status;
    }

    public Status status() {
        return status;
    }

    /** Kubernetes' machine-readable reason; empty where the server gave none. */
    public String reason() {
        return status.getReason() == null ? "" : status.getReason();
    }

    public boolean isNotFound() {
        return reason().equals("NotFound");
    }

    public boolean isAlreadyExists() {
        return reason().equals("AlreadyExists");
    }

    public boolean isConflict() {
        return reason().equals("Conflict");
    }

    /** The namespace is being deleted: what was to be created in it is no longer wanted. */
    public boolean isNamespaceTerminating() {
        return status.getDetails() != null
                && status.getDetails().getCauses() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }
}
