package dev.orrery.machinery.metric;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** A transport that counts its calls, as Kubernetes' clients do: {@code rest_client_*}. */
public record MeasuredTransport(Transport transport, Clock clock, Metrics metrics)
        implements Transport {

    private static final String NONE = "<error>";

    @Override
    public Answer call(Call call) {
        return measured(List.of(call), () -> List.of(transport.call(call))).getFirst();
    }

    @Override
    public List<Answer> batch(List<Call> calls) {
        return measured(calls, () -> transport.batch(calls));
    }

    private List<Answer> measured(List<Call> calls, Supplier<List<Answer>> asking) {
        Instant begun = clock.instant();
        List<Answer> answers = List.of();
        try {
            answers = asking.get();
            return answers;
        } finally {
            Duration took = Duration.between(begun, clock.instant());
            for (int i = 0; i < calls.size(); i++) {
                String verb = calls.get(i).verb().toString().toUpperCase(Locale.ROOT);
                String code = answers.isEmpty() ? NONE : Integer.toString(answers.get(i).code());
                count(verb, code);
                metrics.took("rest_client_request_duration_seconds", "verb=\"" + verb + '"', took);
            }
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
