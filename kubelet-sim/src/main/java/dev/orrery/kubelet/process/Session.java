package dev.orrery.kubelet.process;

/** A command that runs in a container beside its own process. For any thread. */
public interface Session {

    /**
     * Gives bytes to standard input. They are always taken; false asks to wait with more until
     * {@code drained}, which is then run once.
     */
    boolean write(byte[] bytes, Runnable drained);

    void endInput();

    void resize(int columns, int rows);

    /** The output that refused more can take some again. */
    void resume();

    /** Nobody listens any more: the command is told to end. */
    void close();
}
