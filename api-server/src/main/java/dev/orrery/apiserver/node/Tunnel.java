package dev.orrery.apiserver.node;

/**
 * A stream of bytes to a port in the network of the pods. Neither side is read faster than the
 * other takes. Used by one thread at a time.
 */
public interface Tunnel {

    /** The most that one {@link #write} should bring. */
    int CHUNK_BYTES = 32 << 10;

    /** Begins to receive; the first few chunks are asked for. */
    void begin(Receiver receiver);

    /** False asks to wait for {@link Receiver#ready} before more is written. */
    boolean write(byte[] bytes);

    /** Nothing more will be written; what the peer sends may still come. */
    void end();

    /** A received chunk has been taken: one more may come. */
    void more();

    /** Both ways are over; the receiver hears nothing more. */
    void close();

    /** Who hears what the peer sends; on threads of the tunnel's, one at a time. */
    interface Receiver {

        void data(byte[] bytes);

        /** The peer sends nothing more. */
        void ended();

        /** There is room to write again. */
        void ready();

        /** The connection is lost. */
        void failed(String why);
    }
}
