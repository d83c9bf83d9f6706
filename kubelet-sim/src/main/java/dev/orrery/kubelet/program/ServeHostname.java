package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;

/** Answers whatever it is asked with its host's name. */
final class ServeHostname extends WebProgram {

    private final int port;

    ServeHostname(Flags flags) {
        port = flags.number("port", 9376);
    }

    @Override
    void begin(Task task, HttpServer server) {
        log(task, "Serving on port " + port + ".");
        listen(task, server, port);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        log(task, "HTTP request from " + exchange.request().peer());
        exchange.answer(HttpResponse.text(200, Raw.of(task.machine().hostname())));
    }

    @Override
    int termCode() {
        return 0;
    }
}
