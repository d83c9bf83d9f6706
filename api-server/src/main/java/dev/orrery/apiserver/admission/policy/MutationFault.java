package dev.orrery.apiserver.admission.policy;

/** Why a mutation cannot be made; whether that matters is up to its policy. */
final class MutationFault extends Exception {

    MutationFault(String message) {
        super(message, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
