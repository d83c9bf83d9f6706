package dev.orrery.machinery.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.store.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to an OpenTelemetry collector, as OTLP's JSON over HTTP. A thread of its own sends
 * them; spans that come faster than they can be sent are dropped, and nobody waits for them.
 */
public final class OtlpTracer implements Tracer, AutoCloseable {

    private static final Logger LOGGER = System.getLogger(OtlpTracer.class.getName());
    private static final HexFormat HEX = HexFormat.of();

    /** Some seconds of a busy service; a few megabytes. */
    private static final int MOST_WAITING = 20_000;

    private static final int BATCH = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int SERVER = 2;
    private static final int ERROR = 2;

    private final String service;
    private final URI endpoint;
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Ended> ended = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Random random = new Random();
    private final Thread sender;
    private volatile boolean closed;

    /**
     * @param endpoint of the collector: {@code http://localhost:4318}
     */
    public OtlpTracer(String service, String endpoint) {
        this.service = service;
        this.endpoint = URI.create(endpoint.replaceAll("/$", "") + "/v1/traces");
        this.sender = Thread.ofPlatform().daemon().name("traces").start(this::send);
    }

    @Override
    public Span begin(String name, String parent, Instant now) {
        String[] parts = parent.split("-", -1);
        boolean goesOn = parts.length == 4;
        String trace = goesOn ? parts[1] : id() + id();
        return new Recording(name, trace, id(), goesOn ? parts[2] : "", now);
    }

    private String id() {
        return HEX.toHexDigits(random.nextLong() | 1);
    }

    private void send() {
        while (!closed) {
            try {
                Ended first = ended.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    List<Ended> batch = new ArrayList<>(List.of(first));
                    ended.drainTo(batch, BATCH - 1);
                    post(batch);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void post(List<Ended> batch) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(document(batch))))
                        .build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> "spans were not taken endpoint=" + endpoint);
            TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
        }
    }

    private ObjectNode document(List<Ended> batch) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode resource = document.putArray("resourceSpans").addObject();
        resource.putObject("resource")
                .putArray("attributes")
                .addObject()
                .put("key", "service.name")
                .putObject("value")
                .put("stringValue", service);
        ArrayNode spans = resource.putArray("scopeSpans").addObject().putArray("spans");
        batch.forEach(span -> write(span, spans.addObject()));
        return document;
    }

    private static void write(Ended ended, ObjectNode span) {
        Recording begun = ended.begun;
        span.put("traceId", begun.trace)
                .put("spanId", begun.id)
                .put("parentSpanId", begun.parent)
                .put("name", begun.name)
                .put("kind", SERVER)
                .put("startTimeUnixNano", nanos(begun.since))
                .put("endTimeUnixNano", nanos(ended.at));
        if (!ended.succeeded) {
            span.putObject("status").put("code", ERROR);
        }
    }

    private static String nanos(Instant time) {
        return time.getEpochSecond() + "%09d".formatted(time.getNano());
    }

    @Override
    public void close() {
        closed = true;
        sender.interrupt();
        client.shutdownNow();
    }

    private record Ended(Recording begun, boolean succeeded, Instant at) {}

    private final class Recording implements Span {

        private final String name;
        private final String trace;
        private final String id;
        private final String parent;
        private final Instant since;

        private Recording(String name, String trace, String id, String parent, Instant since) {
            this.name = name;
            this.trace = trace;
            this.id = id;
            this.parent = parent;
            this.since = since;
        }

        @Override
        public String traceparent() {
            return "00-" + trace + "-" + id + "-01";
        }

        @Override
        public void end(boolean succeeded, Instant now) {
            var _ = ended.offer(new Ended(this, succeeded, now));
        }
    }
}
