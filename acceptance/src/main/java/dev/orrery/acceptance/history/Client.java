package dev.orrery.acceptance.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Reply;
import dev.orrery.acceptance.process.Requests;
import dev.orrery.machinery.testing.register.Operation.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Does one thing after the other to a few ConfigMaps, chosen by its seed, each at any of the
 * api-servers. Each value that it writes is written once only. Every write says what it expects.
 */
final class Client {

    static final String PATH = "/api/v1/namespaces/default/configmaps";
    static final String SELECTOR = "?labelSelector=history%3Dyes";

    private final String name;
    private final List<ApiReplica> servers;
    private final List<String> objects;
    private final Requests requests;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final Map<String, Seen> seen = new HashMap<>();
    private int written;

    Client(
            String name,
            List<ApiReplica> servers,
            List<String> objects,
            Requests requests,
            Recorder recorder,
            long seed) {
        this.name = name;
        this.servers = servers;
        this.objects = objects;
        this.requests = requests;
        this.recorder = recorder;
        this.random = new SplittableRandom(seed);
    }

    void step() {
        String object = objects.get(random.nextInt(objects.size()));
        Seen last = seen.get(object);
        int choice = random.nextInt(100);
        if (choice < 25) {
            get(object);
        } else if (choice < 32) {
            list();
        } else if (last == null || choice < 50) {
            create(object);
        } else if (choice < 75) {
            update(object, last);
        } else if (choice < 90) {
            patch(object, last);
        } else {
            delete(object, last);
        }
    }

    private ApiReplica server() {
        return servers.get(random.nextInt(servers.size()));
    }

    private String newValue() {
        return name + "-" + ++written;
    }

    private void get(String object) {
        long invoked = Recorder.now();
        Reply reply = requests.get(server(), PATH + "/" + object);
        if (reply.code() == 404) {
            seen.remove(object);
            recorder.operation(name, object, new Step.Read(""), invoked);
        } else if (reply instanceof Reply.Answer(int code, JsonNode body) && code == 200) {
            recorder.operation(name, object, new Step.Read(value(body)), invoked);
            remember(object, body);
        }
    }

    private void list() {
        long invoked = Recorder.now();
        Reply reply = requests.get(server(), PATH + SELECTOR);
        if (reply instanceof Reply.Answer(int code, JsonNode body) && code == 200) {
            recorder.list(name, version(body), values(body), invoked);
        }
    }

    private void create(String object) {
        String value = newValue();
        long invoked = Recorder.now();
        Reply reply = requests.post(server(), PATH, json(object, value, ""));
        written(object, "", value, reply, invoked);
    }

    private void update(String object, Seen last) {
        String value = newValue();
        String body = json(object, value, last.resourceVersion);
        long invoked = Recorder.now();
        Reply reply = requests.send(server(), "PUT", PATH + "/" + object, "application/json", body);
        written(object, last.value, value, reply, invoked);
    }

    private void patch(String object, Seen last) {
        String value = newValue();
        String body =
                """
                {"metadata":{"resourceVersion":"%s"},"data":{"v":"%s"}}\
                """
                        .formatted(last.resourceVersion, value);
        long invoked = Recorder.now();
        Reply reply =
                requests.send(
                        server(),
                        "PATCH",
                        PATH + "/" + object,
                        "application/merge-patch+json",
                        body);
        written(object, last.value, value, reply, invoked);
    }

    private void delete(String object, Seen last) {
        String body =
                """
                {"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"resourceVersion":"%s"}}\
                """
                        .formatted(last.resourceVersion);
        long invoked = Recorder.now();
        Reply reply =
                requests.send(server(), "DELETE", PATH + "/" + object, "application/json", body);
        seen.remove(object);
        if (reply.isSuccess()) {
            recorder.operation(name, object, new Step.Wrote(last.value, ""), invoked);
        } else {
            unwritten(object, last.value, "", reply, invoked);
        }
    }

    private void written(String object, String expected, String value, Reply reply, long invoked) {
        if (reply instanceof Reply.Answer(int code, JsonNode body) && code / 100 == 2) {
            recorder.operation(name, object, new Step.Wrote(expected, value), invoked);
            recorder.write(name, object, value, version(body));
            remember(object, body);
        } else {
            seen.remove(object);
            unwritten(object, expected, value, reply, invoked);
        }
    }

    private void unwritten(
            String object, String expected, String value, Reply reply, long invoked) {
        if (reply.code() == 409 || reply.code() == 404) {
            recorder.operation(name, object, new Step.Refused(expected, value), invoked);
        } else if (reply.code() / 100 == 4) {
            throw new IllegalStateException(name + " was refused: " + reply);
        } else if (!reply.certainlyNot()) {
            recorder.operation(name, object, new Step.Unknown(expected, value), invoked);
        }
    }

    private void remember(String object, JsonNode body) {
        seen.put(object, new Seen(value(body), Long.toString(version(body))));
    }

    private static String json(String object, String value, String resourceVersion) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap",
         "metadata":{"name":"%s","labels":{"history":"yes"},"resourceVersion":"%s"},
         "data":{"v":"%s"}}\
        """
                .formatted(object, resourceVersion, value);
    }

    static String value(JsonNode object) {
        return object.path("data").path("v").asText();
    }

    static long version(JsonNode object) {
        return Long.parseLong(object.path("metadata").path("resourceVersion").asText());
    }

    static Map<String, String> values(JsonNode list) {
        Map<String, String> found = new HashMap<>();
        for (JsonNode item : list.path("items")) {
            found.put(item.path("metadata").path("name").asText(), value(item));
        }
        return found;
    }

    private record Seen(String value, String resourceVersion) {}
}
