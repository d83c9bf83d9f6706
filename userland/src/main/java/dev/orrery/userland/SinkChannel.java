package dev.orrery.userland;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Standard output as it leaves the machine; writers wait while the sink is full. */
final class SinkChannel implements Channel {
    private final Sink sink;
    private final boolean terminal;
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private boolean full;

    SinkChannel(Sink sink, boolean terminal) {
        this.sink = sink;
        this.terminal = terminal;
    }

    @Override
    public int read(byte[] into, Waiter waiter) {
        return END;
    }

    @Override
    public int write(byte[] from, int offset, int count, Waiter waiter) {
        synchronized (this) {
            if (full) {
                waiting.add(waiter);
                return 0;
            }
            full = true;
        }
        byte[] bytes = Arrays.copyOfRange(from, offset, offset + count);
        if (sink.accept(terminal ? Terminal.cooked(bytes) : bytes)) {
            resume();
        }
        return count;
    }

    void resume() {
        List<Waiter> woken;
        synchronized (this) {
            full = false;
            woken = List.copyOf(waiting);
            waiting.clear();
        }
        woken.forEach(Waiter::wake);
    }

    @Override
    public void close() {}

    @Override
    public boolean isTerminal() {
        return terminal;
    }
}
