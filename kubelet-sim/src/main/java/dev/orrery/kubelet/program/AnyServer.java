package dev.orrery.kubelet.program;

import dev.orrery.kubelet.probe.HealthProtocol;
import dev.orrery.userland.Task;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpServer;
import java.util.Set;

/**
 * A server that nobody described: it listens wherever its pod says that it does, finds every path
 * and is well.
 */
final class AnyServer extends WebProgram {

    private final Set<Integer> ports;

    AnyServer(Set<Integer> ports) {
        this.ports = ports;
    }

    @Override
    void begin(Task task, HttpServer server) {
        ports.forEach(port -> listenEither(task, server, port));
    }

    @Override
    void answer(Task task, Exchange exchange) {
        exchange.answer(
                HealthProtocol.asks(exchange.request())
                        ? HealthProtocol.serving(true)
                        : ok(task.machine().hostname() + "\n"));
    }

    @Override
    int termCode() {
        return 0;
    }
}
