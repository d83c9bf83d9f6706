package dev.orrery.kubelet.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.userland.Task;
import dev.orrery.userland.http.Exchange;
import dev.orrery.userland.http.HttpServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers who wrote to it, for those who come to read. */
final class Nettest extends WebProgram {

    private static final JsonMapper JSON = new JsonMapper();

    /** More sources than any test has; a caller cannot make it grow beyond. */
    private static final int MOST_SOURCES = 1000;

    private final int port;
    private final Map<String, Integer> received = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();

    Nettest(Flags flags) {
        port = flags.number("port", 8080);
    }

    @Override
    void begin(Task task, HttpServer server) {
        listen(task, server, port);
    }

    @Override
    void answer(Task task, Exchange exchange) {
        switch (exchange.request().path()) {
            case "/read" -> exchange.answer(ok(state(task)));
            case "/write" -> exchange.answer(ok(write(task, exchange)));
            case "/status" -> exchange.answer(ok("running"));
            case "/quit" -> finish(0);
            default -> exchange.answer(notFound());
        }
    }

    private String state(Task task) {
        ObjectNode state = JSON.createObjectNode();
        state.put("Hostname", task.machine().hostname());
        state.putNull("Sent");
        state.set("Received", received.isEmpty() ? null : JSON.valueToTree(received));
        state.set("Errors", errors.isEmpty() ? null : JSON.valueToTree(errors));
        state.putNull("Log");
        state.put("StillContactingPeers", true);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }

    private String write(Task task, Exchange exchange) {
        try {
            JsonNode post = JSON.readTree(exchange.request().body());
            String source = post.path("Source").asText("");
            if (source.isEmpty()) {
                complain(task.machine().hostname() + ": Got request with no source");
            } else if (received.size() < MOST_SOURCES || received.containsKey(source)) {
                received.merge(source, 1, Integer::sum);
            }
        } catch (IOException e) {
            complain("invalid character in request");
        }
        return JSON.createObjectNode().put("Hostname", task.machine().hostname()) + "\n";
    }

    private void complain(String error) {
        if (errors.size() < MOST_SOURCES) {
            errors.add(error);
        }
    }
}
