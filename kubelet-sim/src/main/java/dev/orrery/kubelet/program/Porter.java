package dev.orrery.kubelet.program;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;
import dev.orrery.userland.network.ServerSecurity;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves on each port that its environment names what the environment says. */
final class Porter extends WebProgram {

    private static final Pattern PORT = Pattern.compile("SERVE_(TCP_|TLS_)?PORT_(\\d{1,5})");

    private static final Pattern PAGE =
            Pattern.compile(
                    "\\s*<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body"
                            + "|br|p)[ >]",
                    Pattern.CASE_INSENSITIVE);

    private final boolean json;
    private @Nullable ServerSecurity security;

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
                        int number = Integer.parseInt(port.group(2));
                        if ("TLS_".equals(port.group(1))) {
                            server.listenSecurely(number, security(task));
                        } else {
                            listen(task, server, number);
                        }
                        goOn(() -> {
                            server.advance();
                            return false;
                        });
                    }
                });
    }

    /** A certificate that nobody has reason to trust, as the original's is. */
    private ServerSecurity security(Task task) {
        if (security == null) {
            security = ServerSecurity.selfSigned("localhost", task.machine().host().instant());
        }
        return security;
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
                : HttpResponse.of(200, type(value), Raw.bytes(value));
    }

    /** A server written in Go looks at what it sends to find out what it is. */
    private static String type(String value) {
        return (PAGE.matcher(value).lookingAt() ? "text/html" : "text/plain") + "; charset=utf-8";
    }

    @Override
    void answer(Task task, Exchange exchange) {
        exchange.answer(notFound());
    }
}
