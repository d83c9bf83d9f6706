package dev.orrery.apiserver.edge.stream;

import io.vertx.core.buffer.Buffer;

/** A client's connection after its handshake: messages or mere bytes. In its event loop. */
public interface Link {

    /** Begins, paused. */
    void begin(Receiver receiver);

    void write(Buffer bytes);

    /** Whether the client is behind; {@link Receiver#drained} tells when no more. */
    boolean isFull();

    void pause();

    void resume();

    /** After all that was written has gone out. */
    void close();

    /** Who hears of it, in the event loop. */
    interface Receiver {

        void received(Buffer bytes);

        void drained();

        /** The client is no more. */
        void gone();
    }
}
