package dev.orrery.kubelet.process;

/** Who listens to a session. Called by one thread at a time; after an end, never again. */
public interface SessionOutput {

    /** False: nothing more, please, before {@link Session#resume}. */
    boolean out(byte[] bytes);

    /** As {@link #out}, for standard error. */
    boolean err(byte[] bytes);

    void exited(int code);

    /** It could not be started. */
    void failed(String why);
}
