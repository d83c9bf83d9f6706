package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.Forms;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;

/** Is well for ten seconds, and ill from then on. */
final class Liveness extends WebProgram {

    private static final int PORT = 8080;
    private static final double WELL_SECONDS = 10;

    @Override
    void begin(Task task, HttpServer server) {
        listen(task, server, PORT);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        double seconds = GoLog.seconds(task);
        exchange.answer(
                switch (exchange.request().path()) {
                    case "/started" -> ok(seconds + "s");
                    case "/healthz" ->
                            seconds > WELL_SECONDS
                                    ? HttpResponse.text(500, "error: " + seconds)
                                    : ok("ok");
                    case "/redirect" -> redirect(Forms.decode(Raw.of(text(exchange, "loc")), true));
                    default -> notFound();
                });
    }
}
