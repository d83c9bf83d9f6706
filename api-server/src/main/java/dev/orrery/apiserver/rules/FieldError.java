package dev.orrery.apiserver.rules;

/**
 * One thing that is wrong with an object; it becomes a cause of the {@code Invalid} Status.
 *
 * @param type Kubernetes' cause type, which is also the {@code reason} of the cause
 * @param message without the field: {@code Invalid value: -1: must be greater than or equal to 0}
 */
public record FieldError(Type type, FieldPath field, String message) {

    /** The kinds of fault that clients match on. */
    public enum Type {
        REQUIRED("FieldValueRequired", "Required value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        NOT_FOUND("FieldValueNotFound", "Not found"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value");

        private final String reason;
        private final String text;

        Type(String reason, String text) {
            this.reason = reason;
            this.text = text;
        }

        public String reason() {
            return reason;
        }

        public String text() {
            return text;
        }
    }

    /** As Kubernetes prints it: {@code spec.replicas: Invalid value: -1: must be ...}. */
    @Override
    public String toString() {
        return field + ": " + message;
    }
}
