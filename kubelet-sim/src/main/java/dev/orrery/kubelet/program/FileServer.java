package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpServer;

/** Serves all files of its machine. */
final class FileServer extends WebProgram {

    private final int port;
    private final StaticFiles files = new StaticFiles("");

    FileServer(Flags flags) {
        port = flags.number("port", 80);
    }

    @Override
    void begin(Task task, HttpServer server) {
        listen(task, server, port);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        files.answer(task, exchange);
    }
}
