package dev.orrery.apiserver.metric;

import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.request.ApiRequest;
import dev.orrery.machinery.metric.Histogram;
import dev.orrery.machinery.store.Verb;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts. Bounded by the number of kinds, verbs and codes. */
public final class Metrics {

    private final Map<String, Histogram> durations = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder mutating = new LongAdder();
    private final LongAdder readOnly = new LongAdder();
    private final LongAdder watches = new LongAdder();
    private final Histogram writes = new Histogram();

    /** A request is being worked on, until it is answered. */
    public void began(ApiRequest request) {
        inFlight(request).increment();
    }

    /** A request was answered. */
    public void answered(ApiRequest request, int code, Duration duration) {
        inFlight(request).decrement();
        String labels = labels(request);
        durations.computeIfAbsent(labels, _ -> new Histogram()).record(duration);
        requests.computeIfAbsent("code=\"" + code + "\"," + labels, _ -> new LongAdder())
                .increment();
    }

    /** How many requests, watches left out, have not been answered. */
    public long inFlight() {
        return mutating.sum() + readOnly.sum();
    }

    private LongAdder inFlight(ApiRequest request) {
        Verb verb = request.verb();
        return verb == Verb.GET || verb == Verb.LIST ? readOnly : mutating;
    }

    /** A record came back from the log. */
    public void written(Duration duration) {
        writes.record(duration);
    }

    public void watchBegan() {
        watches.increment();
    }

    public void watchEnded() {
        watches.decrement();
    }

    private static String labels(ApiRequest request) {
        Kind kind = request.kind();
        return "verb=\""
                + request.verb().toString().toUpperCase(Locale.ROOT)
                + "\",group=\""
                + kind.group()
                + "\",version=\""
                + kind.version()
                + "\",resource=\""
                + kind.plural()
                + "\",subresource=\""
                + request.subresource()
                + "\",scope=\""
                + scope(request)
                + '"';
    }

    private static String scope(ApiRequest request) {
        if (!request.name().isEmpty()) {
            return "resource";
        }
        return request.namespace().isEmpty() ? "cluster" : "namespace";
    }

    /**
     * In Prometheus' text form.
     *
     * @param gauges further values by name
     */
    public String text(Map<String, Long> gauges) {
        StringBuilder out = new StringBuilder(1 << 14);
        out.append("# HELP apiserver_request_total Requests by what was asked and answered.\n");
        out.append("# TYPE apiserver_request_total counter\n");
        requests.forEach((labels, count) ->
                out.append("apiserver_request_total{")
                        .append(labels)
                        .append("} ")
                        .append(count.sum())
                        .append('\n'));
        head("apiserver_request_duration_seconds", "Time from request to answer.", out);
        durations.forEach((labels, durationsOf) ->
                durationsOf.print("apiserver_request_duration_seconds", labels, out));
        head("orrery_log_write_duration_seconds", "Time from append to read-back.", out);
        writes.print("orrery_log_write_duration_seconds", "", out);
        out.append("# TYPE apiserver_current_inflight_requests gauge\n");
        inFlight("mutating", mutating, out);
        inFlight("readOnly", readOnly, out);
        gauge("apiserver_longrunning_requests", watches.sum(), out);
        gauges.forEach((name, value) -> gauge(name, value, out));
        return out.toString();
    }

    private static void head(String name, String help, StringBuilder out) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" histogram\n");
    }

    private static void inFlight(String kind, LongAdder count, StringBuilder out) {
        out.append("apiserver_current_inflight_requests{request_kind=\"")
                .append(kind)
                .append("\"} ")
                .append(count.sum())
                .append('\n');
    }

    private static void gauge(String name, long value, StringBuilder out) {
        out.append("# TYPE ").append(name).append(" gauge\n");
        out.append(name).append(' ').append(value).append('\n');
    }
}
