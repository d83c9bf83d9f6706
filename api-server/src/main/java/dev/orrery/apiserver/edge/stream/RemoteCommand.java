package dev.orrery.apiserver.edge.stream;

/**
 * A client that has a command run, whichever protocol it speaks. In its event loop. Begins paused.
 */
public interface RemoteCommand {

    void begin(Listener listener);

    void out(byte[] bytes);

    void err(byte[] bytes);

    /** The last that is written: a Status in JSON. Then the connection ends. */
    void finish(byte[] status);

    boolean isFull();

    void pause();

    void resume();

    /** What the client does. */
    interface Listener {

        /** All its streams are there: the command may begin. */
        void open();

        void stdin(byte[] bytes);

        void endOfStdin();

        void resize(byte[] size);

        /** The client can take more output. */
        void drained();

        void gone();
    }
}
