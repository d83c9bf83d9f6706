package dev.orrery.userland;

/** Takes what a process prints, as it is printed, on the machine's executor. */
@FunctionalInterface
public interface Sink {
    /** False: nothing more, please, before {@link Session#resume} is called. */
    boolean accept(byte[] bytes);
}
