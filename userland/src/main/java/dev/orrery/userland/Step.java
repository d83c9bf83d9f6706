package dev.orrery.userland;

/** What came of one step of a program. */
public enum Step {
    /** There is more to do at once. */
    MORE,
    /** Nothing can be done before something that it waits for wakes the task. */
    WAITING
}
