package dev.orrery.apiserver.edge.stream;

/** Who has ports forwarded, as its connections see it. In its event loop. */
interface ForwardingClient {

    void write(int stream, byte[] bytes);

    /** Nothing more goes out in the stream. */
    void end(int stream);

    /** Whether it is behind. */
    boolean isFull();

    /** One more of the connections cannot take what the client sends. */
    void filled();

    /** One of those can again. */
    void emptied();

    /** Both streams of the connection are over. */
    void over(ForwardedConnection connection);
}
