package dev.orrery.userland;

/**
 * What a task does, in bounded steps. A step never blocks: where a read, a write, a sleep or a wait
 * cannot go on, whatever it waits for has been told the task, and the step answers WAITING; the
 * task is then stepped again when it was woken, perhaps without cause. It ends by {@link
 * Task#exit}.
 */
@FunctionalInterface
public interface Program {
    Step step(Task task);

    /** Whether the program deals with the signal itself; else the signal's default happens. */
    default boolean signal(Task task, int signal) {
        return false;
    }
}
