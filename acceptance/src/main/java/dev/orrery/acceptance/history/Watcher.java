package dev.orrery.acceptance.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.acceptance.history.History.Event;
import dev.orrery.acceptance.history.History.Watch;
import dev.orrery.acceptance.process.Replicas.ApiReplica;
import dev.orrery.acceptance.process.Reply;
import dev.orrery.acceptance.process.Requests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lists and watches, and goes on at another api-server where the watch broke: from where it was, as
 * clients do. What it was told in all that time is one watch.
 */
final class Watcher implements Runnable {

    private static final long PAUSE_MILLIS = 100;

    private final String name;
    private final List<ApiReplica> servers;
    private final Requests requests;
    private final Recorder recorder;
    private final SplittableRandom random;

    private final List<Event> events = new ArrayList<>();
    private Map<String, String> before = Map.of();
    private long after = -1;
    private volatile long upTo = -1;
    private volatile boolean stopped;
    private volatile @Nullable InputStream open;

    Watcher(
            String name,
            List<ApiReplica> servers,
            Requests requests,
            Recorder recorder,
            long seed) {
        this.name = name;
        this.servers = servers;
        this.requests = requests;
        this.recorder = recorder;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        while (!stopped) {
            ApiReplica server = servers.get(random.nextInt(servers.size()));
            if (after >= 0 || list(server)) {
                watch(server);
            }
            if (!stopped) {
                Requests.pause(PAUSE_MILLIS);
            }
        }
        if (after >= 0) {
            recorder.watch(new Watch(name, after, before, events, upTo));
        }
    }

    /** Up to which version it has been told. */
    long upTo() {
        return upTo;
    }

    void stop() {
        stopped = true;
        InputStream stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean list(ApiReplica server) {
        Reply reply = requests.get(server, Client.PATH + Client.SELECTOR);
        if (reply instanceof Reply.Answer(int code, JsonNode body) && code == 200) {
            before = new HashMap<>(Client.values(body));
            after = Client.version(body);
            upTo = after;
            return true;
        }
        return false;
    }

    private void watch(ApiReplica server) {
        String path =
                Client.PATH
                        + Client.SELECTOR
                        + "&watch=1&allowWatchBookmarks=true&resourceVersion="
                        + upTo;
        try (InputStream stream = requests.stream(server, path);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            open = stream;
            for (String line = lines.readLine();
                    line != null && !stopped;
                    line = lines.readLine()) {
                if (!told(Requests.JSON.readTree(line))) {
                    return;
                }
            }
        } catch (IOException e) {
            // broken: it goes on elsewhere
        }
    }

    private boolean told(JsonNode event) {
        JsonNode object = event.path("object");
        String type = event.path("type").asText();
        if (type.equals("ERROR")) {
            throw new IllegalStateException(name + "'s watch was told " + object);
        }
        long version = Client.version(object);
        if (!type.equals("BOOKMARK")) {
            events.add(
                    new Event(
                            object.path("metadata").path("name").asText(),
                            type.equals("DELETED") ? "" : Client.value(object),
                            version));
        }
        upTo = version;
        return true;
    }
}
