package dev.orrery.controllermanager.podautoscaler;

/** What a condition says. */
record Said(boolean value, String reason, String message) {

    static Said yes(String reason, String message) {
        return new Said(true, reason, message);
    }

    static Said no(String reason, String message) {
        return new Said(false, reason, message);
    }
}
