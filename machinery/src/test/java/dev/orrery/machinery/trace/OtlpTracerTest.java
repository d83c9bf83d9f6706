package dev.orrery.machinery.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.orrery.machinery.store.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp */
class OtlpTracerTest {

    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    @Test
    void sendsSpansThatGoOnWithTheTraceTheyCameWith() throws Exception {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        HttpServer collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    received.complete(exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
        try (OtlpTracer tracer = new OtlpTracer("scheduler", endpoint)) {
            Instant begun = Instant.ofEpochSecond(7, 5);
            Tracer.Span span = tracer.begin("bind", "00-" + TRACE + "-00000000000000ab-01", begun);
            assertThat(span.traceparent())
                    .startsWith("00-" + TRACE + "-")
                    .isNotEqualTo("00-" + TRACE + "-00000000000000ab-01");
            span.end(false, begun.plusSeconds(1));

            JsonNode resource =
                    Json.read(received.get(20, TimeUnit.SECONDS), JsonNode.class)
                            .at("/resourceSpans/0");
            assertThat(resource.at("/resource/attributes/0/value/stringValue").asText())
                    .isEqualTo("scheduler");
            JsonNode sent = resource.at("/scopeSpans/0/spans/0");
            assertThat(sent.path("traceId").asText()).isEqualTo(TRACE);
            assertThat(sent.path("parentSpanId").asText()).isEqualTo("00000000000000ab");
            assertThat(sent.path("name").asText()).isEqualTo("bind");
            assertThat(sent.path("startTimeUnixNano").asText()).isEqualTo("7000000005");
            assertThat(sent.path("endTimeUnixNano").asText()).isEqualTo("8000000005");
            assertThat(sent.at("/status/code").asInt()).isEqualTo(2);
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void withoutACollectorATracePassesAsItCame() {
        assertThat(Tracer.NONE.begin("bind", "00-a-b-01", Instant.EPOCH).traceparent())
                .isEqualTo("00-a-b-01");
    }
}
