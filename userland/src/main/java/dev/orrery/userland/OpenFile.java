package dev.orrery.userland;

/** A channel that several descriptors share; the last one to let go closes it. */
public final class OpenFile {
    private final Channel channel;
    private int holders = 1;

    public OpenFile(Channel channel) {
        this.channel = channel;
    }

    public Channel channel() {
        return channel;
    }

    public OpenFile share() {
        holders++;
        return this;
    }

    public void release() {
        if (--holders == 0) {
            channel.close();
        }
    }
}
