package dev.orrery.controllermanager.podautoscaler;

/** What a run of the controller comes to. */
sealed interface Wish {

    /**
     * @param reason for the event
     */
    record Rescale(int replicas, String reason) implements Wish {}

    record Stay() implements Wish {}

    /** The metrics do not say. */
    record Unknown(String error) implements Wish {}
}
