package dev.orrery.kubelet.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.Forms;
import dev.orrery.userland.http.HttpResponse;
import dev.orrery.userland.http.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The three parts of the guestbook in Kubernetes' documentation: a primary that remembers, replicas
 * that subscribe to it, and a front that asks the one or the other.
 */
final class Guestbook extends WebProgram {

    private static final JsonMapper JSON = new JsonMapper();

    /** More than any guest writes; a caller cannot make it grow beyond. */
    private static final int MOST_ENTRIES = 1000;

    private static final int MOST_REPLICAS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int EXPECTATION_FAILED = 417;

    private final int port;
    private final String backendPort;
    private final String primary;
    private final Map<String, String> entries = new TreeMap<>();
    private final List<String> replicas = new ArrayList<>();

    Guestbook(Flags flags) {
        port = flags.number("http-port", 80);
        backendPort = flags.text("backend-port", "6379");
        primary = flags.text("replicaof", "");
    }

    @Override
    void begin(Task task, HttpServer server) {
        listen(task, server, port);
        if (!primary.isEmpty()) {
            register(task, GoLog.now(task).plus(PATIENCE));
        }
    }

    private void register(Task task, Instant end) {
        String request = "register?host=" + task.machine().network().address();
        log(task, "Registering to primary: " + primary + ":" + backendPort + "/" + request);
        ask(
                task,
                primary,
                request,
                (code, text) -> {
                    if (code == 0 && remember(text)) {
                        log(task, "Registered to node: " + primary);
                    } else if (GoLog.now(task).isBefore(end)) {
                        log(
                                task,
                                "encountered error while registering to primary. Retrying in 1s.");
                        later(task, () -> register(task, end));
                    } else {
                        log(task, "Timed out while registering to primary.");
                        finish(1);
                    }
                });
    }

    private boolean remember(String answer) {
        try {
            JsonNode data = JSON.readTree(answer).path("data");
            data.properties()
                    .forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
            return data.isObject();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private void later(Task task, Runnable action) {
        Instant at = GoLog.now(task).plusSeconds(1);
        goOn(() -> {
            if (GoLog.now(task).isBefore(at)) {
                task.wakeAt(at);
                return false;
            }
            action.run();
            return true;
        });
    }

    @Override
    void answer(Task task, Exchange exchange) {
        String key = text(exchange, "key");
        String value = text(exchange, "value");
        switch (exchange.request().path()) {
            case "/register" -> register(task, exchange);
            case "/get" -> {
                log(task, "GET /get?key=" + key);
                exchange.answer(ok(data(key).toString()));
            }
            case "/set" -> {
                log(task, "GET /set?key=" + key + "&value=" + value);
                set(task, exchange, key, value);
            }
            case "/guestbook" -> front(task, exchange, key, value);
            default -> exchange.answer(notFound());
        }
    }

    private void register(Task task, Exchange exchange) {
        String host = text(exchange, "host");
        log(task, "GET /register?host=" + host);
        exchange.answer(ok(data("").toString()));
        if (replicas.size() < MOST_REPLICAS && host.matches("[0-9a-fA-F.:]+")) {
            replicas.add(host);
            log(task, "Node '" + host + "' registered.");
        }
    }

    private ObjectNode data(String key) {
        ObjectNode output = JSON.createObjectNode();
        return key.isEmpty()
                ? output.set("data", JSON.valueToTree(entries))
                : output.put("data", entries.getOrDefault(key, ""));
    }

    private void set(Task task, Exchange exchange, String key, String value) {
        if (key.isEmpty()) {
            exchange.answer(HttpResponse.text(400, "cannot set with empty key.\n"));
            return;
        }
        if (entries.size() < MOST_ENTRIES || entries.containsKey(key)) {
            entries.put(key, value);
        }
        propagate(task, exchange, "set?" + query(key, value), List.copyOf(replicas));
    }

    private void propagate(Task task, Exchange exchange, String request, List<String> left) {
        if (left.isEmpty()) {
            exchange.answer(ok("{\"message\":\"Updated\"}"));
            return;
        }
        ask(
                task,
                left.getFirst(),
                request,
                (code, text) -> {
                    if (code == 0) {
                        propagate(task, exchange, request, left.subList(1, left.size()));
                    } else {
                        String what = "encountered error while propagating to replica";
                        failed(exchange, what + " '" + left.getFirst() + "': " + text);
                    }
                });
    }

    private void front(Task task, Exchange exchange, String key, String value) {
        String command = text(exchange, "cmd").toLowerCase(java.util.Locale.ROOT);
        log(task, "GET /guestbook?cmd=" + command + "&key=" + key + "&value=" + value);
        if (!command.equals("get") && !command.equals("set")) {
            exchange.answer(HttpResponse.text(400, "unsupported cmd: '" + command + "'\n"));
        } else if (command.equals("set") && key.isEmpty()) {
            exchange.answer(HttpResponse.text(400, "cannot set with empty key.\n"));
        } else {
            ask(
                    task,
                    command.equals("get") ? "agnhost-replica" : "agnhost-primary",
                    command + "?" + query(key, value),
                    (code, text) -> {
                        if (code == 0) {
                            exchange.answer(ok(text));
                        } else {
                            failed(exchange, "encountered error: " + text);
                        }
                    });
        }
    }

    private static void failed(Exchange exchange, String why) {
        exchange.answer(HttpResponse.text(EXPECTATION_FAILED, Raw.of(why + "\n")));
    }

    private static String query(String key, String value) {
        return "key=" + Forms.encode(Raw.of(key)) + "&value=" + Forms.encode(Raw.of(value));
    }

    /** Goes on when there is an answer: with 0 and the answer, or with an exit code and why. */
    private void ask(Task task, String host, String request, BiConsumer<Integer, String> then) {
        String url = "http://" + host + ":" + backendPort + "/" + request;
        ChildOutput child = ChildOutput.of(task, "curl -sSf -m 5 '" + url + "'");
        goOn(() -> {
            Integer code = child.poll(task);
            if (code != null) {
                then.accept(code, child.text());
            }
            return code != null;
        });
    }
}
