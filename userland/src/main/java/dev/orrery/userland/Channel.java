package dev.orrery.userland;

/**
 * One end of a stream of bytes. Where nothing can be read or written now, the call answers 0, and
 * the task is woken when that may have changed.
 */
public interface Channel {
    int END = -1;

    /** The bytes that were read, 0 if there are none yet, END if none will come. */
    int read(byte[] into, Waiter waiter);

    /** How many of the bytes were taken. */
    int write(byte[] from, int offset, int count, Waiter waiter);

    /** Nobody holds this end any more. */
    void close();

    default boolean isTerminal() {
        return false;
    }
}
