package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves on each port that its environment names what the environment says. */
final class Porter extends WebProgram {

    private static final Pattern PORT = Pattern.compile("SERVE_(?:TCP_|TLS_)?PORT_(\\d{1,5})");

    private final boolean json;

    Porter(Flags flags) {
        json = flags.has("json-response");
    }

    @Override
    void begin(Task task, HttpServer first) {
        new TreeMap<>(task.environment())
                .forEach((name, value) -> {
                    Matcher port = PORT.matcher(name);
                    if (port.matches()) {
                        HttpServer server =
                                new HttpServer(
                                        task, exchange -> exchange.answer(says(exchange, value)));
                        listen(task, server, Integer.parseInt(port.group(1)));
                        goOn(() -> {
                            server.advance();
                            return false;
                        });
                    }
                });
    }

    private HttpResponse says(Exchange exchange, String value) {
        return json
                ? HttpResponse.of(
                        200,
                        "application/json",
                        Raw.bytes(
                                "{\"Method\":\""
                                        + exchange.request().method()
                                        + "\",\"Body\":\""
                                        + value.replace("\\", "\\\\").replace("\"", "\\\"")
                                        + "\"}"))
                : HttpResponse.text(200, value);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        exchange.answer(notFound());
    }
}
