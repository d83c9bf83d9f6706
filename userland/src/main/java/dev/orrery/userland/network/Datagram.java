package dev.orrery.userland.network;

/** Bytes that travel alone. */
@SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares datagrams
public record Datagram(Address from, Address to, byte[] bytes) {

    /** What goes back where this came from. */
    public Datagram reply(byte[] answer) {
        return new Datagram(to, from, answer);
    }
}
