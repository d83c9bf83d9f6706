package dev.orrery.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/** Remembers every pod of the namespace {@code default} that was ever created. */
final class PodWatch {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringBuilder text = new StringBuilder();

    private PodWatch() {}

    static PodWatch open(Api api) throws Exception {
        PodWatch watch = new PodWatch();
        Api.await(
                api.watch(
                        "/api/v1/namespaces/default/pods?watch=true",
                        chunk -> watch.add(chunk.toString())));
        return watch;
    }

    private synchronized void add(String chunk) {
        text.append(chunk);
    }

    /** How many pods there ever were whose names begin so. */
    synchronized int created(String prefix) {
        Set<String> names = new HashSet<>();
        int end = text.lastIndexOf("\n");
        for (String line : text.substring(0, Math.max(0, end)).split("\n")) {
            String name = name(line);
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        }
        return names.size();
    }

    private static String name(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            return event.path("object").path("metadata").path("name").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
