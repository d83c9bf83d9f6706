package dev.orrery.userland.http;

import dev.orrery.userland.Connection;
import dev.orrery.userland.Task;
import dev.orrery.userland.network.GuessedChannel;
import dev.orrery.userland.network.SecureChannel;
import dev.orrery.userland.network.ServerSecurity;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A program's ear for HTTP: it listens on ports of its machine and hands whole requests over. The
 * program calls {@link #advance} in each of its steps; what comes wakes its task.
 */
public final class HttpServer {

    /** Callers beyond this wait to be taken, as in a full backlog. */
    private static final int MOST_CONVERSATIONS = 256;

    private final Task task;
    private final Consumer<Exchange> handler;
    private final Queue<Connection> waiting = new ConcurrentLinkedQueue<>();
    private final List<Conversation> open = new ArrayList<>(0);

    public HttpServer(Task task, Consumer<Exchange> handler) {
        this.task = task;
        this.handler = handler;
        task.whenOver(this::close);
    }

    /** Throws EADDRINUSE where the port is taken. */
    public void listen(int port) {
        listen(port, connection -> connection);
    }

    /** As {@link #listen}, with TLS. */
    public void listenSecurely(int port, ServerSecurity security) {
        listen(port, connection -> SecureChannel.over(connection, security.engine()));
    }

    /** As {@link #listen}, with TLS for those who begin so. */
    public void listenEither(int port, Supplier<ServerSecurity> security) {
        listen(port, connection -> GuessedChannel.over(connection, security));
    }

    private void listen(int port, UnaryOperator<Connection> wrapped) {
        Runnable stop =
                task.machine()
                        .network()
                        .listen(
                                port,
                                connection -> {
                                    waiting.add(wrapped.apply(connection));
                                    task.wake();
                                });
        task.whenOver(stop);
    }

    public void advance() {
        while (open.size() < MOST_CONVERSATIONS) {
            Connection next = waiting.poll();
            if (next == null) {
                break;
            }
            open.add(new Conversation(next));
        }
        for (Conversation conversation : List.copyOf(open)) {
            conversation.advance(task, handler);
        }
        open.removeIf(Conversation::isClosed);
    }

    private void close() {
        open.forEach(Conversation::close);
        open.clear();
        waiting.forEach(Connection::close);
        waiting.clear();
    }
}
