package dev.orrery.machinery.metric;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** A transport that counts its calls, as Kubernetes' clients do: {@code rest_client_*}. */
public record MeasuredTransport(Transport transport, Clock clock, Metrics metrics)
        implements Transport {

    private static final String NONE = "<error>";

    @Override
    public Answer call(Call call) {
        String verb = call.verb().toString().toUpperCase(Locale.ROOT);
        Instant begun = clock.instant();
        try {
            Answer answer = transport.call(call);
            count(verb, Integer.toString(answer.code()));
            return answer;
        } catch (StoreUnavailableException e) {
            count(verb, NONE);
            throw e;
        } finally {
            metrics.took(
                    "rest_client_request_duration_seconds",
                    "verb=\"" + verb + '"',
                    Duration.between(begun, clock.instant()));
        }
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        return transport.snapshot(resources);
    }

    private void count(String verb, String code) {
        metrics.count("rest_client_requests_total", "code=\"" + code + "\",method=\"" + verb + '"');
    }
}
