package dev.orrery.kubelet.program;

import dev.orrery.kubelet.probe.HealthProtocol;
import dev.orrery.userland.Task;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpServer;

/** A gRPC server that says of itself whether it is well, as it is told over HTTP. */
final class HealthChecking extends WebProgram {

    private final int port;
    private final int httpPort;
    private final int unhealthyAfter;
    private boolean forced;
    private boolean forcedServing;

    HealthChecking(Flags flags) {
        port = flags.number("port", 5000);
        httpPort = flags.number("http-port", 8080);
        unhealthyAfter = flags.number("delay-unhealthy-sec", -1);
    }

    @Override
    void begin(Task task, HttpServer server) {
        log(task, "Http server starting to listen on :" + httpPort);
        listen(task, server, httpPort);
        log(task, "gRPC server starting to listen on :" + port);
        listen(task, server, port);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        double seconds = GoLog.seconds(task);
        if (HealthProtocol.asks(exchange.request())) {
            log(
                    task,
                    "Serving the Check request for health check, started at "
                            + GoLog.time(task.started()));
            boolean serving =
                    forced ? forcedServing : unhealthyAfter < 0 || seconds < unhealthyAfter;
            exchange.answer(HealthProtocol.serving(serving));
            return;
        }
        switch (exchange.request().path()) {
            case "/make-serving" -> force(task, exchange, true, "Mark as healthy");
            case "/make-not-serving" -> force(task, exchange, false, "Mark as unhealthy");
            default -> exchange.answer(notFound());
        }
    }

    private void force(Task task, Exchange exchange, boolean serving, String words) {
        log(task, words);
        forced = true;
        forcedServing = serving;
        exchange.answer(ok(GoLog.seconds(task) + "s"));
    }
}
